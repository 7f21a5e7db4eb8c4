import * as tf from '@tensorflow/tfjs';
import type { BewleyTaxes } from './configuration.ts';
import type { BewleyKit } from './kit.ts';

/** Level τ and progressivity ξ of a tax; at ξ = 0 it is flat. */
export type TaxSchedule = BewleyTaxes['income'];

/**
 * What is kept of x: N(x) = (1−τ)/(1−ξ) · x^(1−ξ), exactly (1−τ) x at ξ = 0. NaN for x < 0 under a progressive tax.
 */
export function afterTax(kit: BewleyKit, { tau, xi }: TaxSchedule, x: tf.Tensor): tf.Tensor {
  if (xi === 0) return tf.mul(x, 1 - tau);
  return kit.onDomain(x, 'non-negative', (base) => tf.mul(tf.pow(base, 1 - xi), (1 - tau) / (1 - xi)));
}

/** What is kept of one unit more: N′(x) = (1−τ) x^(−ξ), exactly 1−τ at ξ = 0; infinite at x = 0 when ξ > 0. */
export function marginalRetention(kit: BewleyKit, { tau, xi }: TaxSchedule, x: tf.Tensor): tf.Tensor {
  if (xi === 0) return tf.fill(x.shape, 1 - tau);
  return kit.onDomain(x, 'non-negative', (base) => tf.mul(tf.pow(base, -xi), 1 - tau));
}
