import type { HouseholdTerms } from './household.ts';
import {
  afterTaxReturn,
  consumptionAt,
  marginalUtility,
  moneyDisposable,
  taxableIncome,
} from './household.ts';
import { laborGiven } from './labor.ts';
import type { AbilityChain } from './ability-chain.ts';
import { element } from './element.ts';
import type { Policy } from './policy.ts';

/** log₁₀ of |c_Euler/c − 1| between the points of the grid, weighted by agents. */
export interface EulerErrors {
  /** Of the mean error. */
  readonly mean: number;
  readonly percentile99: number;
  readonly maximum: number;
  /** Agents between points where nothing is saved: no equation holds there with equality. */
  readonly shareExcluded: number;
}

/** States with fewer agents are not visited: none in a simulation of 64 worlds of 800 agents over 10,000 periods. */
const LEAST_SHARE = 1e-10;

/**
 * Euler errors half-way between points of wealth, where the grid method does not make them 0: consumption is linear
 * there, labour and saving follow from it, and the right side is the consumption that the next period asks for.
 */
export function eulerErrors(
  terms: HouseholdTerms,
  { abilities, transition }: AbilityChain,
  assets: Float64Array,
  { consumption }: Policy,
  mass: Float64Array,
): EulerErrors {
  const { preferences, taxes } = terms;
  const points = assets.length;
  const found: { readonly error: number; readonly share: number }[] = [];
  let shareExcluded = 0;
  for (let index = 0; index < mass.length - 1; index += 1) {
    const point = index % points;
    const share = (element(mass, index) + element(mass, index + 1)) / 2;
    if (point === points - 1 || share < LEAST_SHARE) continue;
    const state = Math.floor(index / points);
    const ability = element(abilities, state);
    const owned = (element(assets, point) + element(assets, point + 1)) / 2;
    const consumed = (element(consumption, index) + element(consumption, index + 1)) / 2;
    const earned = terms.prices.wage * ability * laborGiven(terms, consumed, owned, ability);
    const money = moneyDisposable(terms, owned, taxableIncome(terms, owned, earned));
    const saved = money - (1 + taxes.consumption) * consumed;
    if (saved <= 0 || element(consumption, index) >= money / (1 + taxes.consumption)) {
      shareExcluded += share;
      continue;
    }
    let next = 0;
    transition[state]?.forEach((probability, to) => {
      if (probability === 0) return;
      const then = interpolated(assets, consumption.subarray(to * points, (to + 1) * points), saved);
      const labor = laborGiven(terms, then, saved, element(abilities, to));
      const income = taxableIncome(terms, saved, terms.prices.wage * element(abilities, to) * labor);
      next += probability * marginalUtility(preferences, then) * afterTaxReturn(terms, saved, income);
    });
    const asked = consumptionAt(preferences, preferences.beta * next);
    found.push({ error: Math.abs(asked / consumed - 1), share });
  }
  return { ...summary(found), shareExcluded };
}

function summary(
  found: readonly { readonly error: number; readonly share: number }[],
): Omit<EulerErrors, 'shareExcluded'> {
  const ascending = [...found].sort((left, right) => left.error - right.error);
  const total = found.reduce((sum, { share }) => sum + share, 0);
  const mean = found.reduce((sum, { error, share }) => sum + error * share, 0) / total;
  let below = 0;
  const percentile99 = ascending.find(({ share }) => (below += share) >= 0.99 * total)?.error;
  return {
    mean: Math.log10(mean),
    percentile99: Math.log10(percentile99 ?? Number.NaN),
    maximum: Math.log10(ascending.at(-1)?.error ?? Number.NaN),
  };
}

/** The value at x on lines between points, straight on beyond the last. */
export function interpolated(points: Float64Array, values: Float64Array, x: number): number {
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (element(points, middle) > x) high = middle;
    else low = middle;
  }
  const [left, right] = [element(points, low), element(points, high)];
  return (
    element(values, low) + ((element(values, high) - element(values, low)) * (x - left)) / (right - left)
  );
}
