import * as tf from '@tensorflow/tfjs';
import type { LayerWeights } from './network.ts';

/**
 * A layer under feature-wise linear modulation (Perez et al. 2018) by a condition that all rows share:
 * (1 + γ) ⊙ (xW + b) + β = xW′ + b′, with W′ = W (1 + γ) column by column and b′ = (1 + γ) ⊙ b + β. So modulating costs
 * nothing a row.
 *
 * [γ, β] = condition · modulation, (1, D) by (D, 2O): at modulation 0 the layer is as it was.
 */
export function modulated(
  { kernel, bias }: LayerWeights,
  condition: tf.Tensor2D,
  modulation: tf.Tensor2D,
): LayerWeights {
  const [gain, shift] = tf.split(tf.matMul(condition, modulation), 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  const factor = tf.add(gain, 1);
  return {
    kernel: tf.mul(kernel, factor),
    bias: tf.reshape(tf.add(tf.mul(factor, bias), shift), [bias.size]),
  };
}
