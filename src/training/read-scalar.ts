import type * as tf from '@tensorflow/tfjs';

/** The value of a scalar, from the engine. */
export async function readScalar(scalar: tf.Scalar): Promise<number> {
  const [value = Number.NaN] = await scalar.data();
  return value;
}
