import * as tf from '@tensorflow/tfjs';

/** What agents choose: output gap X and inflation Π, each (B), as deviations from the steady state. */
export interface NkControls {
  readonly output: tf.Tensor1D;
  readonly inflation: tf.Tensor1D;
}

/** A policy function: controls (R) at R states and the parameters (R, 8) that go with them. */
export type NkPolicy = (zeta: tf.Tensor, parameters: tf.Tensor2D) => NkControls;

/** Controls from raw network outputs (B, 2): X = outputScale · column 0, Π = outputScale · column 1. */
export function controls(raw: tf.Tensor2D, outputScale: number): NkControls {
  // Rows of the transpose: on wasm columns are four times as slow to slice.
  const [output, inflation] = tf.unstack(tf.transpose(tf.mul(raw, outputScale)), 0) as [
    tf.Tensor1D,
    tf.Tensor1D,
  ];
  return { output, inflation };
}
