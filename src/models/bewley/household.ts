import * as tf from '@tensorflow/tfjs';
import type { BewleyPreferences, BewleyTaxes } from './configuration.ts';
import type { BewleyKit } from './kit.ts';
import type { BewleyPrices } from './prices.ts';

/** Consumption and labour, (B, A) each: what utility is of. */
export interface BewleyBundle {
  readonly consumption: tf.Tensor;
  readonly labor: tf.Tensor;
}

/** Taxable income, y = w e n + r a; r is net of depreciation, and the principal is not income. */
export function taxableIncome(
  { wage, rate }: Pick<BewleyPrices, 'wage' | 'rate'>,
  household: { readonly ability: tf.Tensor; readonly labor: tf.Tensor; readonly wealth: tf.Tensor },
): tf.Tensor {
  const earnings = tf.mul(wage, tf.mul(household.ability, household.labor));
  return tf.add(earnings, tf.mul(rate, household.wealth));
}

/** Money disposable, m = N(y) + N_a(a). */
export function money(
  kit: BewleyKit,
  { income, wealth }: { readonly income: tf.Tensor; readonly wealth: tf.Tensor },
  taxes: BewleyTaxes,
): tf.Tensor {
  return tf.add(kit.afterTax(kit, taxes.income, income), kit.afterTax(kit, taxes.wealth, wealth));
}

/** Wealth of the next period, a′ = s m. */
export function savings(disposable: tf.Tensor, ratio: tf.Tensor): tf.Tensor {
  return tf.mul(ratio, disposable);
}

/** What the rest of the money buys, c = (m − a′)/(1 + τ_c). */
export function consumption(disposable: tf.Tensor, saved: tf.Tensor, taxes: BewleyTaxes): tf.Tensor {
  return tf.div(tf.sub(disposable, saved), 1 + taxes.consumption);
}

/** What a unit of wealth brings at the margin, R = r N′(y) + N_a′(a): 1 + r without taxes. */
export function afterTaxReturn(
  kit: BewleyKit,
  {
    rate,
    income,
    wealth,
  }: { readonly rate: tf.Tensor; readonly income: tf.Tensor; readonly wealth: tf.Tensor },
  taxes: BewleyTaxes,
): tf.Tensor {
  const earned = tf.mul(rate, kit.marginalRetention(kit, taxes.income, income));
  return tf.add(earned, kit.marginalRetention(kit, taxes.wealth, wealth));
}

/** u_c = c^(−θ); NaN unless c > 0. */
export function marginalUtility(
  kit: BewleyKit,
  { consumption: c }: BewleyBundle,
  { theta }: BewleyPreferences,
): tf.Tensor {
  return kit.onDomain(c, 'positive', (base) => (theta === 1 ? tf.reciprocal(base) : tf.pow(base, -theta)));
}

/** −u_n = n^γ. */
export function marginalDisutility(
  kit: BewleyKit,
  { labor }: BewleyBundle,
  { gamma }: BewleyPreferences,
): tf.Tensor {
  return kit.onDomain(labor, 'non-negative', (base) => tf.pow(base, gamma));
}

/**
 * Labour at which one hour more costs as much utility as `value`, what it buys of consumption, brings: the n of
 * n^γ = c^(−θ) · value.
 */
export function laborAt(
  kit: BewleyKit,
  value: tf.Tensor,
  bundle: BewleyBundle,
  preferences: BewleyPreferences,
): tf.Tensor {
  const worth = tf.mul(kit.marginalUtility(kit, bundle, preferences), value);
  return kit.onDomain(worth, 'non-negative', (base) => tf.pow(base, 1 / preferences.gamma));
}
