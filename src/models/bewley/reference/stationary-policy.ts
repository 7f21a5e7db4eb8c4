import { InputError } from '../../../errors.ts';
import type { HouseholdTerms } from './household.ts';
import { moneyDisposable, taxableIncome } from './household.ts';
import type { AbilityChain } from './ability-chain.ts';
import { element } from './element.ts';
import { policyBefore } from './endogenous-grid.ts';
import type { Policy } from './policy.ts';
import { emptyPolicy } from './policy.ts';

/** A policy that is its own best answer, and the steps that it took. */
export interface StationaryPolicy {
  readonly policy: Policy;
  readonly iterations: number;
}

/** Steps that the most patient economy here needs are some hundreds. */
const MOST_ITERATIONS = 10_000;

/**
 * Iterates the endogenous grid method until consumption changes by less than `tolerance` of itself at every state.
 *
 * @throws InputError `policy-not-converged`
 */
export function stationaryPolicy(
  terms: HouseholdTerms,
  chain: AbilityChain,
  assets: Float64Array,
  guess: Policy,
  tolerance: number,
): StationaryPolicy {
  let policy = guess;
  let change = Number.NaN;
  for (let iteration = 1; iteration <= MOST_ITERATIONS; iteration += 1) {
    const before = policyBefore(terms, chain, assets, policy);
    change = largestChange(before.consumption, policy.consumption);
    policy = before;
    if (change < tolerance) return { policy, iterations: iteration };
    if (!Number.isFinite(change)) break;
  }
  const { wage, rate } = terms.prices;
  throw new InputError({
    code: 'policy-not-converged',
    what: `the policy of households does not settle at w = ${wage}, r = ${rate}`,
    given: `consumption still changes by ${change} of itself after ${MOST_ITERATIONS} steps`,
    expected: `less than ${tolerance}`,
    todo: 'look for parameters that make households infinitely patient, or a grid that is too coarse',
  });
}

/** A policy to begin from: half of the time at work, income after taxes and a little wealth consumed. */
export function firstPolicy(
  terms: HouseholdTerms,
  { abilities }: AbilityChain,
  assets: Float64Array,
): Policy {
  const policy = emptyPolicy(abilities.length * assets.length);
  abilities.forEach((ability, state) => {
    assets.forEach((owned, point) => {
      const index = state * assets.length + point;
      const earned = (terms.prices.wage * ability) / 2;
      const income = taxableIncome(terms, owned, earned);
      const wealthKept = moneyDisposable(terms, owned, 0);
      policy.income[index] = income;
      // 5 % of wealth is near what is consumed of it at any discount factor of a year.
      policy.consumption[index] = moneyDisposable(terms, 0, income) + 0.05 * wealthKept;
    });
  });
  return policy;
}

/**
 * A policy carried over to more points of wealth beyond the last one, where consumption and income are those of the last
 * one: a line through it, bent as it is by the end of the grid, could go below 0.
 */
export function widenedPolicy(policy: Policy, states: number, points: number, wider: number): Policy {
  const widened = emptyPolicy(states * wider);
  for (const column of ['consumption', 'income'] as const) {
    for (let state = 0; state < states; state += 1) {
      const values = policy[column].subarray(state * points, (state + 1) * points);
      widened[column].fill(element(values, points - 1), state * wider, (state + 1) * wider);
      widened[column].set(values, state * wider);
    }
  }
  return widened;
}

function largestChange(now: Float64Array, before: Float64Array): number {
  let largest = 0;
  for (let index = 0; index < now.length; index += 1) {
    const change = Math.abs(element(before, index) / element(now, index) - 1);
    // A comparison with NaN is false: it must not be passed over.
    if (!(change <= largest)) largest = change;
  }
  return largest;
}
