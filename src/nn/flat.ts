import * as tf from '@tensorflow/tfjs';
import type { WeightShapes } from './network.ts';

/*
 * Optimisers see one vector: AdamW is then a dozen kernels, however many layers there are.
 */

/** Joins weights or gradients, each row-major, into one vector (P). */
export function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [tensor.size])));
}

/**
 * Cuts one vector (P) into tensors of the given shapes, in their order: the inverse of `flatten`.
 *
 * @throws Error (of tfjs) when the shapes need more elements than there are.
 */
export function unflatten(vector: tf.Tensor1D, shapes: WeightShapes): tf.Tensor[] {
  let start = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const tensor = tf.reshape(tf.slice1d(vector, start, size), [...shape]);
    start += size;
    return tensor;
  });
}
