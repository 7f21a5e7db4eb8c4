import * as tf from '@tensorflow/tfjs';
import { withGradient } from '../../nn/custom-gradient.ts';
import type { BewleyKit } from './kit.ts';

/**
 * The function of Fischer and Burmeister, φ(x, y) = x + y − √(x² + y²): 0 exactly where x ≥ 0, y ≥ 0 and xy = 0, above 0
 * where both are positive, below 0 where one is negative.
 */
export function fischerBurmeister(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.sub(tf.add(x, y), hypotenuse(x, y));
}

/**
 * Complementarity of saving and the borrowing limit, φ(s, 1 − h), (B, A): s = a′/m ≥ 0, 1 − h ≥ 0, (1 − h) s = 0.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function complementarity(
  kit: BewleyKit,
  { savingsRatio, marginalReturn }: { readonly savingsRatio: tf.Tensor; readonly marginalReturn: tf.Tensor },
): tf.Tensor {
  kit.requireShapes('complementarity', { agents: { savingsRatio, marginalReturn } });
  return kit.fischerBurmeister(savingsRatio, tf.sub(1, marginalReturn));
}

/** √(x² + y²), whose slope at the origin is taken to be 0: one of its subgradients, where tf.sqrt has NaN. */
function hypotenuse(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return withGradient([x, y], {
    value: (save) => {
      const length = tf.sqrt(tf.add(tf.square(x), tf.square(y)));
      save([x, y, length]);
      return length;
    },
    gradient: (dy: tf.Tensor, [savedX = x, savedY = y, length = dy]) => {
      // Both are 0 where the length is.
      const divisor = tf.where(tf.equal(length, 0), tf.onesLike(length), length);
      return [tf.mul(dy, tf.div(savedX, divisor)), tf.mul(dy, tf.div(savedY, divisor))];
    },
  });
}
