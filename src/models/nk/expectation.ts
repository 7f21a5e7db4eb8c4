import * as tf from '@tensorflow/tfjs';
import type { NkCoefficients } from './coefficients.ts';
import type { NkControls, NkPolicy } from './controls.ts';
import type { NkKit } from './kit.ts';

/** Innovations that stand for ε′ ~ N(0, 1), with their probabilities, (n) each; they sum to 1. */
export interface NkNodes {
  readonly nodes: Float32Array;
  readonly weights: Float32Array;
}

/** Where an expectation is taken: states (B), parameters (B, 8), and nodes and probabilities (n). */
export interface NkLookAheadInput {
  readonly zeta: tf.Tensor;
  readonly parameters: tf.Tensor2D;
  readonly coefficients: NkCoefficients;
  readonly nodes: tf.Tensor1D;
  readonly probabilities: tf.Tensor1D;
}

/** Controls today, and the expectation of those of tomorrow, (B) each. */
export interface NkLookAhead {
  readonly controls: NkControls;
  readonly expected: NkControls;
}

/**
 * Controls at ζ and E[controls at ζ′] = Σⱼ pⱼ · policy(ρζ + sεⱼ), by one pass of the policy over (n + 1)·B rows: today's
 * states first, then those of each node.
 */
export function lookAhead(
  kit: NkKit,
  policy: NkPolicy,
  { zeta, parameters, coefficients, nodes, probabilities }: NkLookAheadInput,
): NkLookAhead {
  const batch = parameters.shape[0];
  const count = nodes.size;
  const everyNode = (x: tf.Tensor): tf.Tensor1D => tf.concat1d(copies(tf.reshape(x, [batch]), count));
  const everySample = tf.mul(tf.reshape(nodes, [count, 1]), tf.ones([1, batch]));
  const innovation = tf.reshape(everySample, [count * batch]);
  const next = kit.transition(kit, everyNode(zeta), innovation, {
    rho: everyNode(coefficients.rho),
    shockScale: everyNode(coefficients.shockScale),
  });
  const states = tf.concat1d([tf.reshape(zeta, [batch]), tf.reshape(next, [count * batch])]);
  const { output, inflation } = policy(states, tf.concat2d(copies(parameters, count + 1), 0));
  const weights: tf.Tensor2D = tf.reshape(probabilities, [count, 1]);
  const x = split(output, batch, weights);
  const pi = split(inflation, batch, weights);
  return {
    controls: { output: x.today, inflation: pi.today },
    expected: { output: x.expected, inflation: pi.expected },
  };
}

/** One tensor many times, for concat: on wasm twenty times as fast as tf.tile. */
function copies<T extends tf.Tensor>(x: T, count: number): T[] {
  return Array.from({ length: count }, () => x);
}

/** Parts ((n + 1)·B) values into the first B, and the mean of the others under weights (n, 1). */
function split(
  values: tf.Tensor1D,
  batch: number,
  weights: tf.Tensor2D,
): { readonly today: tf.Tensor1D; readonly expected: tf.Tensor1D } {
  const count = weights.size;
  const next = tf.reshape(tf.slice1d(values, batch, count * batch), [count, batch]);
  return { today: tf.slice1d(values, 0, batch), expected: tf.sum(tf.mul(next, weights), 0) };
}
