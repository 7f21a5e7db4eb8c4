import * as tf from '@tensorflow/tfjs';
import type { WeightShapes } from './network.ts';

/*
 * Optimisers see one vector: AdamW is then a dozen kernels, however many layers there are.
 */

/** Joins weights or gradients, each row-major, into one vector (P). */
export function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat1d(tensors.map((tensor) => withShape(tensor, [tensor.size]) as tf.Tensor1D));
}

/**
 * Cuts one vector (P) into tensors of the given shapes, in their order: the inverse of `flatten`.
 *
 * @throws Error (of tfjs) when the shapes need more elements than there are.
 */
export function unflatten(vector: tf.Tensor1D, shapes: WeightShapes): tf.Tensor[] {
  const sizes = shapes.map((shape) => shape.reduce((product, length) => product * length, 1));
  return tf.split(vector, sizes).map((part, index) => withShape(part, shapes[index] ?? []));
}

/** A reshape that is none where the shape is right already: on libtensorflow each is a kernel of its own. */
function withShape(tensor: tf.Tensor, shape: readonly number[]): tf.Tensor {
  return tensor.rank === shape.length ? tensor : tf.reshape(tensor, [...shape]);
}
