import { InputError } from '../../../errors.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import { factorPrices } from './firm.ts';
import type { HouseholdTerms } from './household.ts';
import { afterTaxReturn, householdTerms, moneyDisposable, taxableIncome } from './household.ts';
import { laborAtSaving } from './labor.ts';
import { marginalRetention } from './taxes.ts';
import type { AgentType } from './solution.ts';

/** Halvings of an interval of logarithms, to the last bit of a double. */
const HALVINGS = 200;

/** Points of ln n at which a change of sign is looked for: a steady state is not lost between two of them. */
const SCAN_POINTS = 400;
const LEAST_LOG_LABOR = -12;

/** ln κ between which the one type is looked for: capital per unit of labour from 10⁻¹³ to 10¹³. */
const LOG_CAPITAL_LABOR = 30;

/** The steady state of one type of agents without risk. */
export interface OneTypeSteadyState {
  readonly capitalLabor: number;
  readonly agent: AgentType;
}

/**
 * The steady state where all agents have the same ability for ever: β R = 1 at a = κ e n, with labour from its condition
 * and consumption from the budget at a′ = a. Two equations in κ and n: n at each κ, then κ by bisection.
 *
 * @throws InputError `no-equilibrium`
 */
export function oneTypeSteadyState(configuration: BewleyConfiguration, ability: number): OneTypeSteadyState {
  const { preferences, technology } = configuration;
  const choiceAt = (
    capitalLabor: number,
  ): { readonly agent: AgentType; readonly excess: number } | undefined => {
    const terms = householdTerms(configuration, factorPrices(technology, capitalLabor));
    const labor = stationaryLabor(terms, ability, capitalLabor);
    if (labor === undefined) return undefined;
    const assets = capitalLabor * ability * labor;
    const { consumption, income } = stationaryBudget(terms, ability, assets, labor);
    const excess = preferences.beta * afterTaxReturn(terms, assets, income) - 1;
    return { agent: { ability, share: 1, assets, labor, consumption }, excess };
  };
  let [low, high] = [-LOG_CAPITAL_LABOR, LOG_CAPITAL_LABOR];
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    // Capital that cannot even be kept up is too much.
    if ((choiceAt(Math.exp(middle))?.excess ?? -1) > 0) low = middle;
    else high = middle;
  }
  const capitalLabor = Math.exp(low);
  const choice = choiceAt(capitalLabor);
  if (choice === undefined || !(Math.abs(choice.excess) < 1e-9)) {
    throw new InputError({
      code: 'no-equilibrium',
      what: 'no capital makes agents without risk keep what they own: there is no steady state',
      given: `K/L from ${Math.exp(-LOG_CAPITAL_LABOR)} to ${Math.exp(LOG_CAPITAL_LABOR)}`,
      expected: 'β times the return after taxes equal to 1 somewhere between',
      todo: 'look at the discount factor, and at the taxes on wealth',
    });
  }
  return { capitalLabor, agent: choice.agent };
}

/**
 * What an agent of fixed ability owns in the long run at given prices: β R(a) = 1, or a = 0 where β R(0) ≤ 1. R falls
 * with wealth when a tax is progressive, which it must be.
 */
export function stationaryAgent(
  terms: HouseholdTerms,
  ability: number,
  share: number,
): AgentType | undefined {
  const excessAt = (assets: number): number => {
    const choice = laborAtSaving(terms, assets, assets, ability);
    // Wealth that cannot even be kept is too much.
    if (choice === undefined) return -1;
    const income = taxableIncome(terms, assets, terms.prices.wage * ability * choice.labor);
    return terms.preferences.beta * afterTaxReturn(terms, assets, income) - 1;
  };
  const agentAt = (assets: number): AgentType | undefined => {
    const choice = laborAtSaving(terms, assets, assets, ability);
    return choice === undefined ? undefined : { ability, share, assets, ...choice };
  };
  if (excessAt(0) <= 0) return agentAt(0);
  let [low, high] = [-2 * LOG_CAPITAL_LABOR, 2 * LOG_CAPITAL_LABOR];
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    if (excessAt(Math.exp(middle)) > 0) low = middle;
    else high = middle;
  }
  return agentAt(Math.exp(low));
}

/** Labour at which its condition holds with a = κ e n, the least where there are several; undefined where there is none. */
function stationaryLabor(terms: HouseholdTerms, ability: number, capitalLabor: number): number | undefined {
  const { preferences, taxes, prices } = terms;
  const wage = prices.wage * ability;
  const excessAt = (log: number): number => {
    const labor = Math.exp(log);
    const { consumption, income } = stationaryBudget(terms, ability, capitalLabor * ability * labor, labor);
    if (!(consumption > 0)) return Number.NEGATIVE_INFINITY;
    const value = (wage * marginalRetention(taxes.income, income)) / (1 + taxes.consumption);
    return preferences.gamma * log + preferences.theta * Math.log(consumption) - Math.log(value);
  };
  for (let point = 1; point <= SCAN_POINTS; point += 1) {
    let high = LEAST_LOG_LABOR * (1 - point / SCAN_POINTS);
    if (excessAt(high) <= 0) continue;
    let low = LEAST_LOG_LABOR * (1 - (point - 1) / SCAN_POINTS);
    for (let step = 0; step < HALVINGS && low < high; step += 1) {
      const middle = (low + high) / 2;
      if (middle <= low || middle >= high) break;
      if (excessAt(middle) > 0) high = middle;
      else low = middle;
    }
    return Math.exp(high);
  }
  // The corner: work is worth more than all the time there is.
  return Number.isFinite(excessAt(0)) ? 1 : undefined;
}

/** Income, and consumption of who keeps what it owns. */
function stationaryBudget(
  terms: HouseholdTerms,
  ability: number,
  assets: number,
  labor: number,
): { readonly income: number; readonly consumption: number } {
  const income = taxableIncome(terms, assets, terms.prices.wage * ability * labor);
  const money = moneyDisposable(terms, assets, income);
  return { income, consumption: (money - assets) / (1 + terms.taxes.consumption) };
}
