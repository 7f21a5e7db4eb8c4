import * as tf from '@tensorflow/tfjs';
import type { LargestGradients } from './trainable.ts';

/** Largest absolute gradient of a loss in each of the tensors that it is fed, and in the flat weights (P). */
export async function largestGradients<Name extends string>(
  weights: tf.Tensor1D,
  fed: Readonly<Record<Name, tf.Tensor>>,
  loss: (weights: tf.Tensor1D, fed: Readonly<Record<Name, tf.Tensor>>) => tf.Scalar,
): Promise<LargestGradients> {
  const names = Object.keys(fed) as Name[];
  const differentiate = tf.grads((flat: tf.Tensor, ...data: tf.Tensor[]) =>
    loss(
      flat as tf.Tensor1D,
      Object.fromEntries(names.map((name, index) => [name, data[index]])) as Record<Name, tf.Tensor>,
    ),
  );
  const largest = tf.tidy(() =>
    differentiate([weights, ...names.map((name) => fed[name])]).map((gradient) => tf.max(tf.abs(gradient))),
  );
  const [inWeights = Number.NaN, ...others] = await Promise.all(
    largest.map(async (value) => (await value.data())[0] ?? Number.NaN),
  );
  tf.dispose(largest);
  return {
    constants: Object.fromEntries(names.map((name, index) => [name, others[index] ?? Number.NaN])),
    weights: inWeights,
  };
}
