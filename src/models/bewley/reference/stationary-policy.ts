import { InputError } from '../../../errors.ts';
import type { HouseholdTerms } from '../household.ts';
import { moneyDisposable, taxableIncome } from '../household.ts';
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

/** A policy carried over to more points of wealth beyond the last one: consumption and income go on straight. */
export function widenedPolicy(
  policy: Policy,
  states: number,
  assets: Float64Array,
  wider: Float64Array,
): Policy {
  const widened = emptyPolicy(states * wider.length);
  const columns = ['consumption', 'income'] as const;
  const last = assets.length - 1;
  const step = element(assets, last) - element(assets, last - 1);
  for (const column of columns) {
    for (let state = 0; state < states; state += 1) {
      const values = policy[column].subarray(state * assets.length, (state + 1) * assets.length);
      const slope = (element(values, last) - element(values, last - 1)) / step;
      wider.forEach((owned, point) => {
        widened[column][state * wider.length + point] =
          point <= last
            ? element(values, point)
            : element(values, last) + slope * (owned - element(assets, last));
      });
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
