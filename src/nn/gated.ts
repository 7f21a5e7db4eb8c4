import * as tf from '@tensorflow/tfjs';
import type { Activation } from './activation.ts';

/**
 * The gated linear unit (Dauphin et al. 2017): of a row [u, v], f = u · S(v), with S(v) = 1/(1 + e⁻ᵛ). A layer of width w
 * has 2w sums.
 *
 * It has derivatives of every order, which second-order methods build on, and products of inputs, as of a state and a
 * coefficient that depends on parameters, are one unit to it.
 */
export const gated: Activation = {
  name: 'gated',
  sumsPerUnit: 2,
  apply: (x) => {
    const [u, v] = halves(x);
    return tf.mul(u, tf.sigmoid(v));
  },
  // With y = u·S(v): ∂y/∂u = S(v), ∂y/∂v = y·(1 − S(v)).
  gradient: (dy, y, x) => {
    const gate = tf.sigmoid(halves(x)[1]);
    return tf.concat2d([tf.mul(dy, gate), tf.mul(dy, tf.mul(y, tf.sub(1, gate)))], 1);
  },
};

function halves(x: tf.Tensor2D): [tf.Tensor2D, tf.Tensor2D] {
  return tf.split(x, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
}
