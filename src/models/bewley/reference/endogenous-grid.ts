import type { HouseholdTerms } from './household.ts';
import { moneyDisposable, taxableIncome } from './household.ts';
import { laborAtSaving, laborGiven } from './labor.ts';
import { element } from './element.ts';
import { endogenousAssets, NO_ASSETS } from './endogenous-assets.ts';
import { eulerConsumption } from './expected-utility.ts';
import type { AbilityChain } from './ability-chain.ts';
import type { Policy } from './policy.ts';
import { emptyPolicy } from './policy.ts';

/** A household of one ability: where it starts from, and what it may carry on. */
interface Household {
  readonly terms: HouseholdTerms;
  readonly ability: number;
  readonly assets: Float64Array;
}

/** Consumption at ascending wealth, the points of which the Euler equation chose. */
interface ConsumptionCurve {
  readonly assets: number[];
  readonly consumption: number[];
}

/**
 * One step of the endogenous grid method (Carroll 2006), with labour from its own condition: the policy now of
 * households that follow `next` in the next period. Consumption is linear between the points that the Euler equation
 * chose; labour and saving follow from it, so that the labour condition and the budget hold at every state.
 */
export function policyBefore(
  terms: HouseholdTerms,
  { abilities, transition }: AbilityChain,
  assets: Float64Array,
  next: Policy,
): Policy {
  const asked = eulerConsumption(terms, assets, transition, next);
  const policy = emptyPolicy(asked.length);
  abilities.forEach((ability, state) => {
    const from = state * assets.length;
    const household = { terms, ability, assets };
    const curve = curveOf(household, asked.subarray(from, from + assets.length));
    fill(policy, from, household, curve);
  });
  return policy;
}

/** Consumption by the wealth that makes it and each a′ optimal; from wealth 0 where the borrowing limit does not bind. */
function curveOf(household: Household, asked: Float64Array): ConsumptionCurve {
  const { terms, ability, assets } = household;
  const curve: ConsumptionCurve = { assets: [], consumption: [] };
  for (let point = 0; point < assets.length; point += 1) {
    const consumption = element(asked, point);
    if (consumption === 0) continue;
    const owned = endogenousAssets(terms, ability, consumption, element(assets, point));
    if (owned === NO_ASSETS) continue;
    // The poorest who is on the Euler equation saves already: so does the household without wealth.
    if (curve.assets.length === 0 && point > 0 && owned > 0) {
      curve.assets.push(0);
      curve.consumption.push(consumptionWithoutWealth(household, asked, point));
    }
    curve.assets.push(owned);
    curve.consumption.push(consumption);
  }
  return curve;
}

/** Euler consumption at wealth 0 by bisection in a′ between two points: at the upper one, spending exceeds means. */
function consumptionWithoutWealth(
  { terms, ability, assets }: Household,
  asked: Float64Array,
  above: number,
): number {
  const [lower, upper] = [element(assets, above - 1), element(assets, above)];
  const [least, most] = [element(asked, above - 1), element(asked, above)];
  let [low, high] = [0, 1];
  // The interval of a′ halved to the last bits of its share.
  for (let step = 0; step < 52; step += 1) {
    const middle = (low + high) / 2;
    const consumption = least + middle * (most - least);
    const labor = laborGiven(terms, consumption, 0, ability);
    const money = moneyDisposable(terms, 0, terms.prices.wage * ability * labor);
    const spent = (1 + terms.taxes.consumption) * consumption + lower + middle * (upper - lower);
    if (spent > money) high = middle;
    else low = middle;
  }
  return least + high * (most - least);
}

/** Reads the curve at every point of wealth, by a pointer that moves up with it. */
function fill(policy: Policy, from: number, household: Household, curve: ConsumptionCurve): void {
  const { assets } = household;
  const last = curve.assets.length - 1;
  let above = 1;
  for (let point = 0; point < assets.length; point += 1) {
    const owned = element(assets, point);
    // Who would save more than the last point saves the last point: a limit of the grid, which the caller looks for.
    if (last < 1 || owned > element(curve.assets, last)) {
      setAtSaving(policy, from + point, household, owned, element(assets, assets.length - 1));
      continue;
    }
    if (owned < element(curve.assets, 0)) {
      setAtSaving(policy, from + point, household, owned, 0);
      continue;
    }
    while (above < last && element(curve.assets, above) < owned) above += 1;
    const [left, right] = [element(curve.assets, above - 1), element(curve.assets, above)];
    const [low, high] = [element(curve.consumption, above - 1), element(curve.consumption, above)];
    const consumption = low + ((high - low) * (owned - left)) / (right - left);
    setAtConsumption(policy, from + point, household, owned, consumption);
  }
}

function setAtConsumption(
  policy: Policy,
  index: number,
  household: Household,
  owned: number,
  consumption: number,
): void {
  const { terms, ability } = household;
  const labor = laborGiven(terms, consumption, owned, ability);
  const income = taxableIncome(terms, owned, terms.prices.wage * ability * labor);
  const saved = moneyDisposable(terms, owned, income) - (1 + terms.taxes.consumption) * consumption;
  // A chord below a bent curve may take saving a little below 0.
  if (saved < 0) {
    setAtSaving(policy, index, household, owned, 0);
    return;
  }
  policy.consumption[index] = consumption;
  policy.labor[index] = labor;
  policy.income[index] = income;
  policy.saved[index] = saved;
}

/** NaN, which the next check catches, where the household cannot save so much. */
function setAtSaving(
  policy: Policy,
  index: number,
  { terms, ability }: Household,
  owned: number,
  saved: number,
): void {
  const choice = laborAtSaving(terms, owned, saved, ability);
  const labor = choice?.labor ?? Number.NaN;
  policy.consumption[index] = choice?.consumption ?? Number.NaN;
  policy.labor[index] = labor;
  policy.income[index] = taxableIncome(terms, owned, terms.prices.wage * ability * labor);
  policy.saved[index] = saved;
}
