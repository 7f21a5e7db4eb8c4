import * as tf from '@tensorflow/tfjs';
import { unflatten } from '../../nn/flat.ts';
import type { NkNetworkSettings } from './configuration.ts';
import type { NkControls, NkPolicy } from './controls.ts';
import type { NkKit } from './kit.ts';
import { NK_PARAMETER_COUNT } from './parameters.ts';
import { policyShapes } from './policy.ts';

/** A trained policy on the host. */
export interface NkTrainedPolicy {
  readonly kit: NkKit;
  readonly configuration: { readonly network: NkNetworkSettings };
  /** Flat, (P). */
  readonly weights: Float32Array;
}

/** Values of both controls, (B) each. */
export interface NkControlValues {
  readonly output: Float32Array;
  readonly inflation: Float32Array;
}

/** The policy function of flat weights. To be called inside a scope, which owns the weights. */
export function policyOf({ kit, configuration: { network }, weights }: NkTrainedPolicy): NkPolicy {
  return kit.policy(kit, unflatten(tf.tensor1d(weights), policyShapes(kit, network)), network);
}

/** Parameters (B, 8) as a tensor, from their flat values. */
export function parameterTensor(values: Float32Array): tf.Tensor2D {
  return tf.tensor2d(values, [values.length / NK_PARAMETER_COUNT, NK_PARAMETER_COUNT]);
}

/** Reads two tensors of a computation, and disposes of everything that it made. */
export async function readPair(
  computation: () => [tf.Tensor, tf.Tensor],
): Promise<readonly [Float32Array, Float32Array]> {
  const [first, second] = tf.tidy(computation);
  const values = await Promise.all([first.data<'float32'>(), second.data<'float32'>()]);
  tf.dispose([first, second]);
  return values;
}

/** Reads the controls of a computation, and disposes of everything that it made. */
export async function readControls(computation: () => NkControls): Promise<NkControlValues> {
  const [output, inflation] = await readPair(() => {
    const controls = computation();
    return [controls.output, controls.inflation];
  });
  return { output, inflation };
}
