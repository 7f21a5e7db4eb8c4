import * as tf from '@tensorflow/tfjs';
import type { BewleyKit } from './kit.ts';
import type { BewleyPeriod } from './period.ts';
import type { BewleyTerms } from './terms.ts';

/** Accounts of each world, (B, 1) each. */
export interface BewleyAggregates {
  readonly capital: tf.Tensor;
  readonly effectiveLabor: tf.Tensor;
  /** Y = A K^α L^(1−α). */
  readonly output: tf.Tensor;
  readonly consumption: tf.Tensor;
  /** K′ = mean of a′. */
  readonly nextCapital: tf.Tensor;
  /** G = τ_c C + mean T(y) + mean T_a(a). */
  readonly government: tf.Tensor;
  /** C + K′ + G − Y − (1−δ) K: 0 for any policy. */
  readonly resourceResidual: tf.Tensor;
}

/** The accounts of a period. */
export function aggregates(
  kit: BewleyKit,
  { state, market, income, savings, consumption }: BewleyPeriod,
  { technology, taxes }: BewleyTerms,
): BewleyAggregates {
  const { capital, effectiveLabor } = market;
  const mean = (x: tf.Tensor): tf.Tensor => tf.mean(x, 1, true);
  const output = kit.output(market, technology);
  const consumed = mean(consumption);
  const nextCapital = mean(savings);
  const incomeTax = mean(tf.sub(income, kit.afterTax(kit, taxes.income, income)));
  const wealthTax = mean(tf.sub(state.wealth, kit.afterTax(kit, taxes.wealth, state.wealth)));
  const government = tf.add(tf.add(tf.mul(consumed, taxes.consumption), incomeTax), wealthTax);
  const used = tf.add(tf.add(consumed, nextCapital), government);
  const available = tf.add(output, tf.mul(capital, 1 - technology.delta));
  return {
    capital,
    effectiveLabor,
    output,
    consumption: consumed,
    nextCapital,
    government,
    resourceResidual: tf.sub(used, available),
  };
}
