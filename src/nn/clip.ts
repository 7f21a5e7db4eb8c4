import * as tf from '@tensorflow/tfjs';

/** A gradient (P) of at most the allowed norm, and the norm that it had. */
export interface ClippedGradient {
  readonly gradient: tf.Tensor1D;
  readonly norm: tf.Scalar;
}

/** Keeps the divisor away from zero where the gradient is zero; PyTorch's constant. */
const NORM_FLOOR = 1e-6;

/**
 * Clips by global Euclidean norm, as PyTorch's `clip_grad_norm_`: g · min(1, c / (‖g‖ + 10⁻⁶)). A gradient that is not
 * finite stays so.
 */
export function clipByGlobalNorm(gradient: tf.Tensor1D, maximumNorm: number): ClippedGradient {
  return tf.tidy(() => {
    const norm: tf.Scalar = tf.sqrt(tf.sum(tf.square(gradient)));
    const factor = tf.minimum(tf.div(maximumNorm, tf.add(norm, NORM_FLOOR)), 1);
    return { gradient: tf.mul<tf.Tensor1D>(gradient, factor), norm };
  });
}
