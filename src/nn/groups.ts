import * as tf from '@tensorflow/tfjs';
import { withGradient } from './custom-gradient.ts';

/*
 * Rows that come in groups of equal size: what the rows of a group have in common is computed once. Gradients are
 * written by hand, since sums over an axis in the middle are products with ones here: on wasm tf.sum would transpose
 * first.
 */

/** Means over the rows of each group: (G, n, F) gives (G, F). */
export function groupMeans(x: tf.Tensor3D): tf.Tensor2D {
  const [groups, rows, features] = x.shape;
  return withGradient<[tf.Tensor3D], tf.Tensor2D>([x], {
    value: () => tf.mul(groupSums(x), 1 / rows),
    gradient: (dy) => [tf.tile(tf.mul(tf.reshape(dy, [groups, 1, features]), 1 / rows), [1, rows, 1])],
  });
}

/** Adds to every row what its group has: (G, n, F) and (G, F) give (G, n, F). */
export function addToGroups(x: tf.Tensor3D, ofGroup: tf.Tensor2D): tf.Tensor3D {
  const [groups, , features] = x.shape;
  return withGradient<[tf.Tensor3D, tf.Tensor2D], tf.Tensor3D>([x, ofGroup], {
    value: () => tf.add(x, tf.reshape(ofGroup, [groups, 1, features])),
    gradient: (dy) => [tf.clone(dy), groupSums(dy)],
  });
}

function groupSums(x: tf.Tensor3D): tf.Tensor2D {
  const [groups, rows, features] = x.shape;
  if (tf.getBackend() !== 'wasm') return tf.sum(x, 1);
  return tf.reshape(tf.matMul(tf.ones([groups, 1, rows]), x), [groups, features]);
}
