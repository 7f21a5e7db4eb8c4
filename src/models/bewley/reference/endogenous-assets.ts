import type { HouseholdTerms } from './household.ts';
import { marginalUtility, moneyDisposable } from './household.ts';
import { afterTax, beforeTax } from './taxes.ts';

/** Bisection alone after these; it needs 60 to the last bit of a double. */
const MOST_NEWTON_STEPS = 40;
const MOST_STEPS = 110;

/** Relative precision of income, some units in the last place of a double. */
const PRECISION = 1e-14;

/** What is given back where wealth would have to be below 0. */
export const NO_ASSETS = -1;

/**
 * The wealth at which a household of this ability consumes c and saves a′: the budget (1+τ_c) c + a′ = N(y) + N_a(a),
 * with labour from its own condition. NO_ASSETS where even a household without wealth has more than that to spend.
 *
 * With flat taxes it is closed. Otherwise y is the unknown: labour at given c follows from it,
 * n = min(1, (D y^(−ξ))^(1/γ)), and so does wealth, (y − w e n)/r; N(y) + N_a(a) increases in y. Needs r > 0.
 */
export function endogenousAssets(
  terms: HouseholdTerms,
  ability: number,
  consumption: number,
  saved: number,
): number {
  const { preferences, taxes, prices } = terms;
  const { gamma } = preferences;
  const { income, wealth } = taxes;
  const { rate } = prices;
  const wage = prices.wage * ability;
  const spent = (1 + taxes.consumption) * consumption + saved;
  const value =
    (marginalUtility(preferences, consumption) * wage * (1 - income.tau)) / (1 + taxes.consumption);
  if (income.xi === 0 && wealth.xi === 0) {
    const labor = Math.min(1, value ** (1 / gamma));
    const assets = (spent - afterTax(income, wage * labor)) / (rate * (1 - income.tau) + 1 - wealth.tau);
    return assets < 0 ? NO_ASSETS : assets;
  }
  const poorest = wage * Math.min(1, (value * wage ** -income.xi) ** (1 / (gamma + income.xi)));
  if (afterTax(income, poorest) > spent) return NO_ASSETS;
  // Wealth pays for nothing at least.
  let [below, above] = [poorest, beforeTax(income, spent)];
  let y = below;
  let assets = 0;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const wanted = income.xi === 0 ? value ** (1 / gamma) : (value * y ** -income.xi) ** (1 / gamma);
    const labor = Math.min(1, wanted);
    // Rounding may take wealth below 0 at the first step.
    assets = Math.max(0, (y - wage * labor) / rate);
    const excess = moneyDisposable(terms, assets, y) - spent;
    if (excess > 0) above = y;
    else below = y;
    const incomeKept = (1 - income.tau) * (income.xi === 0 ? 1 : y ** -income.xi);
    const wealthKept = (1 - wealth.tau) * (wealth.xi === 0 ? 1 : assets ** -wealth.xi);
    const laborLost = wanted < 1 ? (income.xi * labor) / (gamma * y) : 0;
    const newton = y - excess / (incomeKept + (wealthKept * (1 + wage * laborLost)) / rate);
    const isSafe = step < MOST_NEWTON_STEPS && newton > below && newton < above;
    const next = isSafe ? newton : (below + above) / 2;
    const isDone = Math.abs(next - y) <= PRECISION * y;
    y = next;
    if (isDone) break;
  }
  return assets;
}
