import * as tf from '@tensorflow/tfjs';
import type { Activation } from './activation.ts';

/**
 * Swish (Ramachandran, Zoph and Le 2017), also called SiLU: f(x) = x·S(x) with S(x) = 1/(1 + e⁻ˣ), and
 * f′(x) = S(x) + f(x)·(1 − S(x)). It has derivatives of every order, and is not bounded above.
 */
export const swish: Activation = {
  name: 'swish',
  sumsPerUnit: 1,
  apply: (x) => tf.mul(x, tf.sigmoid(x)),
  gradient: (dy, y, x) => {
    const gate = tf.sigmoid(x);
    return tf.mul(dy, tf.add(gate, tf.mul(y, tf.sub(1, gate))));
  },
};
