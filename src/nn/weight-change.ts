import * as tf from '@tensorflow/tfjs';

/**
 * Root mean square of what a step changed in flat weights (P). Of Adam's first step it is the learning rate: m̂/√v̂ is
 * then the sign of the gradient, wherever that is not next to 0 (Kingma and Ba 2015, section 2.1).
 */
export function weightChange(before: tf.Tensor1D, after: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => tf.sqrt(tf.mean(tf.squaredDifference(after, before))));
}
