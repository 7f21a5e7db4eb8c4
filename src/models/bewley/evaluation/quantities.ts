import type { BewleyConfiguration, BewleyTaxes } from '../configuration.ts';
import type { ReferenceSolution } from '../reference/index.ts';
import { CONSTRAINED_BELOW } from '../constrained.ts';
import type { Simulation } from './simulate.ts';
import type { Estimate } from './statistics.ts';
import { estimateOf, finiteOrNull, meanOf } from './statistics.ts';
import type { WorldMoment } from './world-moments.ts';

/** One number of an economy, simulated and of the reference; null where it is none. */
export interface ComparedQuantity {
  /** Over the averaged periods of all worlds; null of shares of wealth where nobody owns anything. */
  readonly mean: number | null;
  /** How far the mean may be off; null of a single world, which does not tell. */
  readonly standardError: number | null;
  /** Mean over worlds in the last period. */
  readonly last: number | null;
  /** Mean over the second half of the averaged periods less that over the first half: a drift that goes on shows here. */
  readonly drift: number | null;
  readonly reference: number;
  /** mean over reference − 1; null where the reference is 0. */
  readonly relativeDeviation: number | null;
}

/** Quantities that every world has in every period. */
export const WORLD_QUANTITIES = [
  'capitalLabor',
  'capital',
  'effectiveLabor',
  'wage',
  'mpk',
  'rate',
  'discountedReturn',
  'labor',
  'consumption',
  'savingsRatio',
  'savingsRatioMean',
  'shareConstrained',
  'ability',
] as const;

export type WorldQuantity = (typeof WORLD_QUANTITIES)[number];

type Noted = (moment: WorldMoment) => number;

const OF_WORLD: Readonly<Record<WorldQuantity, (noted: Noted, beta: number) => number>> = {
  capitalLabor: (noted) => noted('capital') / noted('effectiveLabor'),
  capital: (noted) => noted('capital'),
  effectiveLabor: (noted) => noted('effectiveLabor'),
  wage: (noted) => noted('wage'),
  mpk: (noted) => noted('mpk'),
  rate: (noted) => noted('rate'),
  discountedReturn: (noted, beta) => beta * (1 + noted('rate')),
  labor: (noted) => noted('labor'),
  consumption: (noted) => noted('consumption'),
  savingsRatio: (noted) => noted('saved') / noted('money'),
  savingsRatioMean: (noted) => noted('savingsRatioMean'),
  shareConstrained: (noted) => noted('shareConstrained'),
  ability: (noted) => noted('ability'),
};

/** Which periods are averaged. */
export interface AveragedPeriods {
  readonly first: number;
  /** The period after the last. */
  readonly end: number;
  readonly worlds: number;
}

/** Values of a quantity, by world and averaged period: [world][period]. */
export function seriesOf(
  { moments }: Simulation,
  quantity: WorldQuantity,
  { first, end, worlds }: AveragedPeriods,
  beta: number,
): readonly Float64Array[] {
  return Array.from({ length: worlds }, (_, world) =>
    Float64Array.from({ length: end - first }, (__, index) => {
      const at = (first + index) * worlds + world;
      return OF_WORLD[quantity]((moment) => moments[moment][at] ?? Number.NaN, beta);
    }),
  );
}

/**
 * Each quantity averaged over the last periods of all worlds, beside the reference. Worlds are independent and periods are
 * not: the standard error is that of the means of worlds.
 */
export function worldQuantities(
  simulation: Simulation,
  averaged: AveragedPeriods,
  { preferences, taxes }: BewleyConfiguration,
  reference: ReferenceSolution,
): Readonly<Record<WorldQuantity, ComparedQuantity>> {
  const middle = Math.floor((averaged.end - averaged.first) / 2);
  const expected = referenceQuantities(taxes, reference);
  const entries = WORLD_QUANTITIES.map((name): [WorldQuantity, ComparedQuantity] => {
    const series = seriesOf(simulation, name, averaged, preferences.beta);
    const overWorlds = (of: (values: Float64Array) => number): number => meanOf(series.map(of));
    const compared = {
      ...estimateOf(series.map((values) => meanOf(values))),
      last: overWorlds((values) => values.at(-1) ?? Number.NaN),
      drift: overWorlds((values) => meanOf(values.subarray(middle)) - meanOf(values.subarray(0, middle))),
    };
    return [name, comparedTo(compared, expected[name])];
  });
  return Object.fromEntries(entries) as Record<WorldQuantity, ComparedQuantity>;
}

/** A simulated number beside its reference. */
export function comparedTo(
  { mean, standardError, last, drift }: Estimate & { readonly last: number; readonly drift: number },
  reference: number,
): ComparedQuantity {
  return {
    mean: finiteOrNull(mean),
    standardError,
    last: finiteOrNull(last),
    drift: finiteOrNull(drift),
    reference,
    relativeDeviation: finiteOrNull(mean / reference - 1),
  };
}

function referenceQuantities(
  taxes: BewleyTaxes,
  reference: ReferenceSolution,
): Readonly<Record<WorldQuantity, number>> {
  return {
    ...reference,
    shareConstrained: constrainedOf(taxes, reference),
    ability: meanAbilityOf(reference),
  };
}

/** Agents of the reference who count as constrained. Those of a steady state keep what they own. */
function constrainedOf({ consumption: tax }: BewleyTaxes, reference: ReferenceSolution): number {
  if (reference.method === 'steady-state') return reference.shareConstrained;
  const { saved, consumption, mass } = reference.policies;
  let share = 0;
  mass.forEach((row, node) => {
    row.forEach((agents, point) => {
      const kept = saved[node]?.[point] ?? Number.NaN;
      const spent = (1 + tax) * (consumption[node]?.[point] ?? Number.NaN);
      if (kept < CONSTRAINED_BELOW * (spent + kept)) share += agents;
    });
  });
  return share;
}

function meanAbilityOf(reference: ReferenceSolution): number {
  if (reference.method === 'steady-state')
    return reference.types.reduce((sum, { ability, share }) => sum + ability * share, 0);
  const { abilities, mass } = reference.policies;
  return abilities.reduce(
    (sum, ability, node) => sum + ability * (mass[node] ?? []).reduce((total, agents) => total + agents, 0),
    0,
  );
}
