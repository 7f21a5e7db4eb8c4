import type { HouseholdTerms } from './household.ts';
import { moneyDisposable, taxableIncome } from './household.ts';
import { marginalRetention } from './taxes.ts';

/** Newton's steps after which bisection alone goes on: it halves 50 down to the last bit of a double in 60. */
const MOST_NEWTON_STEPS = 40;
const MOST_STEPS = 120;

/** ln n below which labour is taken for none: 2e-22 of the time there is. */
const LEAST_LOG_LABOR = -50;

/** Relative precision of labour, some units in the last place of a double. */
const PRECISION = 1e-15;

/** Labour and what is consumed at it. */
export interface LaborAndConsumption {
  readonly labor: number;
  readonly consumption: number;
}

/**
 * Labour of a household that consumes c and owns a: the root of n^γ = c^(−θ)/(1+τ_c) · w e (1−τ) y^(−ξ) with
 * y = w e n + r a, or the corner n = 1 where the left side is the smaller one.
 *
 * At ξ = 0 it is closed. Otherwise F(u) = γu + ξ ln y − ln(…), u = ln n, increases with a slope between γ and γ + ξ and
 * is convex for a ≥ 0 and r ≥ 0; Newton's steps from the root at a = 0, which lies above, come down to the root and
 * never pass it.
 *
 * @param consumption c > 0
 * @param assets a ≥ 0
 * @example laborGiven(terms, 1, 0, 1) // closed: (w (1−τ) w^(−ξ)/(1+τ_c))^(1/(γ+ξ)), at most 1
 */
export function laborGiven(
  terms: HouseholdTerms,
  consumption: number,
  assets: number,
  ability: number,
): number {
  const { preferences, taxes, prices } = terms;
  const { theta, gamma } = preferences;
  const { tau, xi } = taxes.income;
  const wage = prices.wage * ability;
  const value = Math.log((wage * (1 - tau)) / (1 + taxes.consumption)) - theta * Math.log(consumption);
  if (xi === 0) return Math.min(1, Math.exp(value / gamma));
  let log = Math.min(0, (value - xi * Math.log(wage)) / (gamma + xi));
  const unearned = prices.rate * assets;
  if (unearned === 0) return Math.exp(log);
  for (let step = 0; step < MOST_NEWTON_STEPS; step += 1) {
    const labor = Math.exp(log);
    const income = wage * labor + unearned;
    const excess = gamma * log + xi * Math.log(income) - value;
    // Above the root only at the first step; at the corner the left side is still the smaller one.
    if (step === 0 && excess <= 0) return labor;
    const change = excess / (gamma + (xi * wage * labor) / income);
    log -= change;
    if (Math.abs(change) < PRECISION) break;
  }
  return Math.exp(log);
}

/**
 * Labour and consumption of a household that owns a and saves a′: the labour condition with
 * (1+τ_c) c = N(y) + N_a(a) − a′; undefined when it cannot save so much and still consume.
 *
 * F(u) = γu + θ ln c + ξ ln y − ln(w e (1−τ)/(1+τ_c)) increases in u = ln n: Newton's steps, kept inside a bracket.
 */
export function laborAtSaving(
  terms: HouseholdTerms,
  assets: number,
  saved: number,
  ability: number,
): LaborAndConsumption | undefined {
  const { preferences, taxes, prices } = terms;
  const { theta, gamma } = preferences;
  const { tau, xi } = taxes.income;
  const wage = prices.wage * ability;
  const value = Math.log((wage * (1 - tau)) / (1 + taxes.consumption));
  const consumptionAt = (labor: number): number =>
    (moneyDisposable(terms, assets, taxableIncome(terms, assets, wage * labor)) - saved) /
    (1 + taxes.consumption);
  const excessAt = (log: number): number => {
    const labor = Math.exp(log);
    const consumption = consumptionAt(labor);
    if (!(consumption > 0)) return Number.NEGATIVE_INFINITY;
    const bend = xi === 0 ? 0 : xi * Math.log(taxableIncome(terms, assets, wage * labor));
    return gamma * log + theta * Math.log(consumption) + bend - value;
  };
  if (!(consumptionAt(1) > 0)) return undefined;
  let [below, above, log] = [LEAST_LOG_LABOR, 0, 0];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const excess = excessAt(log);
    if (excess <= 0) {
      if (log === 0) break;
      below = log;
    } else above = log;
    const labor = Math.exp(log);
    const income = taxableIncome(terms, assets, wage * labor);
    const gain = wage * labor;
    const slope =
      gamma +
      (theta * gain * marginalRetention(taxes.income, income)) /
        ((1 + taxes.consumption) * consumptionAt(labor)) +
      (xi === 0 ? 0 : (xi * gain) / income);
    const newton = log - excess / slope;
    const isSafe = step < MOST_NEWTON_STEPS && newton > below && newton < above;
    const next = isSafe ? newton : (below + above) / 2;
    const isDone = Math.abs(next - log) < PRECISION;
    log = next;
    if (isDone) break;
  }
  const labor = Math.exp(log);
  return { labor, consumption: consumptionAt(labor) };
}
