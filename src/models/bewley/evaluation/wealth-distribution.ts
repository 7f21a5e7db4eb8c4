import type { ReferenceSolution } from '../reference/index.ts';
import { inequalityOf } from '../reference/index.ts';
import type { ComparedQuantity } from './quantities.ts';
import { comparedTo } from './quantities.ts';
import { deviationOf } from './statistics.ts';

/** How unevenly wealth is held, of agents of all worlds together. */
export const WEALTH_QUANTITIES = ['giniWealth', 'top5', 'top1'] as const;

export type WealthQuantity = (typeof WEALTH_QUANTITIES)[number];

/** Holdings of agents: what is owned, and by what share of them. */
export type Holdings = readonly { readonly owned: number; readonly share: number }[];

/** Who owns how much, simulated and of the reference, as curves. */
export interface WealthCurves {
  /** Share of agents who own at most so much, (n) each. */
  readonly cumulative: {
    readonly wealth: readonly number[];
    readonly simulated: readonly number[];
    readonly reference: readonly number[] | null;
  };
  /** Share of wealth that the poorest agents own together, by their share, (n) each. */
  readonly lorenz: {
    readonly agents: readonly number[];
    readonly simulated: readonly number[];
    readonly reference: readonly number[] | null;
  };
}

/** The holdings of the reference; undefined where a steady state gives a point a type, which is no curve. */
export function referenceHoldings(reference: ReferenceSolution): Holdings | undefined {
  if (reference.method === 'steady-state') return undefined;
  const { assets, mass } = reference.policies;
  return mass.flatMap((row) => row.map((share, point) => ({ owned: assets[point] ?? Number.NaN, share })));
}

/** Groups of worlds by which the error of a share is judged, where there are as many. */
const GROUPS = 8;

/**
 * Gini coefficient and top shares over the agents of all worlds and observed periods together: a world of 100 agents has
 * one in its top 1 %, and its own Gini coefficient is low by 1 %. The standard error is that over groups of worlds.
 *
 * @param observed wealth (B·A) in each observed period, the last one last
 */
export function wealthQuantities(
  observed: readonly Float32Array[],
  { worlds, agents }: { readonly worlds: number; readonly agents: number },
  reference: ReferenceSolution,
): Readonly<Record<WealthQuantity, ComparedQuantity>> {
  const groups = Math.min(GROUPS, worlds);
  const edges = Array.from(
    { length: groups + 1 },
    (_, group) => Math.floor((group * worlds) / groups) * agents,
  );
  const whole = sharesOf(observed);
  const last = sharesOf(observed.slice(-1));
  const middle = Math.floor(observed.length / 2);
  const [early, late] = [sharesOf(observed.slice(0, middle)), sharesOf(observed.slice(middle))];
  const ofGroups = Array.from({ length: groups }, (_, group) =>
    sharesOf(observed.map((wealth) => wealth.subarray(edges[group], edges[group + 1]))),
  );
  const expected = { ...reference.topShares, giniWealth: reference.giniWealth };
  const entries = WEALTH_QUANTITIES.map((name): [WealthQuantity, ComparedQuantity] => {
    const error = deviationOf(ofGroups.map((shares) => shares[name])) / Math.sqrt(groups);
    const simulated = {
      mean: whole[name],
      standardError: Number.isFinite(error) ? error : null,
      last: last[name],
      drift: late[name] - early[name],
    };
    return [name, comparedTo(simulated, expected[name])];
  });
  return Object.fromEntries(entries) as Record<WealthQuantity, ComparedQuantity>;
}

function sharesOf(wealth: readonly Float32Array[]): Readonly<Record<WealthQuantity, number>> {
  const { gini, topShares } = inequalityOf(holdingsOf(wealth));
  return { giniWealth: gini, top5: topShares.top5, top1: topShares.top1 };
}

function holdingsOf(wealth: readonly Float32Array[]): Holdings {
  const agents = wealth.reduce((sum, { length }) => sum + length, 0);
  return wealth.flatMap((values) => Array.from(values, (owned) => ({ owned, share: 1 / agents })));
}

/** Points of a curve; a pixel or two apart in a figure. */
const POINTS = 160;

/** The curves reach to the wealth that all but one in a hundred own less than: beyond it the rest would be pressed flat. */
const REACH = 0.99;

/** Cumulative shares and Lorenz curves of the agents of all worlds and observed periods, and of the reference. */
export function wealthCurves(observed: readonly Float32Array[], reference: ReferenceSolution): WealthCurves {
  const simulated = curvesOf(holdingsOf(observed));
  const holdings = referenceHoldings(reference);
  const expected =
    holdings === undefined ? undefined : { ...curvesOf(holdings), agentsUpTo: ogive(holdings) };
  const top = Math.max(simulated.ownedAt(REACH), expected?.ownedAt(REACH) ?? 0);
  // Denser where most agents are.
  const wealth = Array.from({ length: POINTS }, (_, index) => top * (index / (POINTS - 1)) ** 2);
  const agents = Array.from({ length: POINTS }, (_, index) => index / (POINTS - 1));
  return {
    cumulative: {
      wealth,
      simulated: wealth.map(simulated.agentsUpTo),
      reference: expected === undefined ? null : wealth.map(expected.agentsUpTo),
    },
    lorenz: {
      agents,
      simulated: agents.map(simulated.ownedBy),
      reference: expected === undefined ? null : agents.map(expected.ownedBy),
    },
  };
}

interface Curves {
  readonly agentsUpTo: (wealth: number) => number;
  readonly ownedAt: (agents: number) => number;
  readonly ownedBy: (agents: number) => number;
}

function curvesOf(holdings: Holdings): Curves {
  const ascending = holdings.filter(({ share }) => share > 0).sort((left, right) => left.owned - right.owned);
  const owned = Float64Array.from(ascending, (one) => one.owned);
  const agents = new Float64Array(owned.length);
  const wealth = new Float64Array(owned.length);
  let [counted, held] = [0, 0];
  ascending.forEach((one, index) => {
    agents[index] = counted += one.share;
    wealth[index] = held += one.share * one.owned;
  });
  return {
    agentsUpTo: (most) => (agents[countWhile(owned, (value) => value <= most) - 1] ?? 0) / counted,
    ownedAt: (share) =>
      owned[
        Math.min(
          owned.length - 1,
          countWhile(agents, (value) => value < share * counted),
        )
      ] ?? Number.NaN,
    ownedBy: (share) => {
      const index = countWhile(agents, (value) => value < share * counted);
      const [before, after] = [agents[index - 1] ?? 0, agents[index] ?? counted];
      const [less, more] = [wealth[index - 1] ?? 0, wealth[index] ?? held];
      // Straight along those who own the same.
      const within = after === before ? 1 : (share * counted - before) / (after - before);
      return held === 0 ? 0 : (less + within * (more - less)) / held;
    },
  };
}

/**
 * Share of agents up to any wealth, of a histogram: agents at a point stand for those between its neighbours, half of them
 * below it, but for those at the first point, the borrowing limit.
 */
function ogive(holdings: Holdings): (wealth: number) => number {
  const byPoint = new Map<number, number>();
  for (const { owned, share } of holdings) byPoint.set(owned, (byPoint.get(owned) ?? 0) + share);
  const points = Float64Array.from(byPoint.keys()).sort();
  const upTo = new Float64Array(points.length);
  let below = 0;
  points.forEach((owned, index) => {
    const here = byPoint.get(owned) ?? 0;
    upTo[index] = below + (index === 0 ? here : here / 2);
    below += here;
  });
  return (wealth) => {
    const above = countWhile(points, (owned) => owned <= wealth);
    if (above === 0) return 0;
    const [left, right] = [points[above - 1] ?? 0, points[above] ?? Infinity];
    const [low, high] = [upTo[above - 1] ?? 0, upTo[above] ?? below];
    return (low + ((high - low) * (wealth - left)) / (right - left)) / below;
  };
}

/** How many values come before the first that fails, in an array in which all that hold come first. */
function countWhile(values: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(values[middle] ?? Number.NaN)) low = middle + 1;
    else high = middle;
  }
  return low;
}
