import type { BewleyConfiguration, BewleyPreferences, BewleyTaxes } from '../configuration.ts';
import type { FactorPrices } from './firm.ts';
import { afterTax, marginalRetention } from './taxes.ts';

/** What a household takes as given in one period. */
export interface HouseholdTerms {
  readonly preferences: BewleyPreferences;
  readonly taxes: BewleyTaxes;
  readonly prices: FactorPrices;
}

/** The terms of a household in an economy at given prices. */
export function householdTerms(
  { preferences, taxes }: BewleyConfiguration,
  prices: FactorPrices,
): HouseholdTerms {
  return { preferences, taxes, prices };
}

/** Taxable income, y = w e n + r a: the principal is not income. */
export function taxableIncome({ prices }: HouseholdTerms, assets: number, earnings: number): number {
  return earnings + prices.rate * assets;
}

/** Money disposable, m = N(y) + N_a(a), which pays for (1 + τ_c) c + a′. */
export function moneyDisposable({ taxes }: HouseholdTerms, assets: number, income: number): number {
  return afterTax(taxes.income, income) + afterTax(taxes.wealth, assets);
}

/** What one unit saved brings next period after taxes, R = r N′(y) + N_a′(a); infinite at a = 0 when ξ_a > 0. */
export function afterTaxReturn({ prices, taxes }: HouseholdTerms, assets: number, income: number): number {
  return prices.rate * marginalRetention(taxes.income, income) + marginalRetention(taxes.wealth, assets);
}

/** Marginal utility of consumption, c^(−θ). */
export function marginalUtility({ theta }: BewleyPreferences, consumption: number): number {
  return theta === 1 ? 1 / consumption : consumption ** -theta;
}

/** The consumption that has this marginal utility. */
export function consumptionAt({ theta }: BewleyPreferences, utility: number): number {
  return theta === 1 ? 1 / utility : utility ** (-1 / theta);
}
