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

/** Rows at which the policy is asked, R = (n + 1)·B: today's states first, then those of each node. */
export interface NkLookAheadRows {
  /** (R). */
  readonly zeta: tf.Tensor1D;
  /** (R, 8). */
  readonly parameters: tf.Tensor2D;
}

/** The states of today and, for each node, of tomorrow, ρζ + sεⱼ. */
export function lookAheadRows(
  kit: NkKit,
  { zeta, parameters, coefficients, nodes }: Omit<NkLookAheadInput, 'probabilities'>,
): NkLookAheadRows {
  const batch = parameters.shape[0];
  const count = nodes.size;
  const everyNode = (x: tf.Tensor): tf.Tensor1D => tf.concat1d(copies(flat(x), count));
  const everySample = tf.mul(tf.reshape(nodes, [count, 1]), tf.ones([1, batch]));
  const next = kit.transition(kit, everyNode(zeta), flat(everySample), {
    rho: everyNode(coefficients.rho),
    shockScale: everyNode(coefficients.shockScale),
  });
  return {
    zeta: tf.concat1d([flat(zeta), flat(next)]),
    parameters: tf.concat2d(copies(parameters, count + 1), 0),
  };
}

/** Controls of today, and Σⱼ pⱼ · controls at node j, from the controls at all rows (R). */
export function expectedControls(controls: NkControls, probabilities: tf.Tensor1D): NkLookAhead {
  const x = split(controls.output, probabilities);
  const pi = split(controls.inflation, probabilities);
  return {
    controls: { output: x.today, inflation: pi.today },
    expected: { output: x.expected, inflation: pi.expected },
  };
}

/** Controls at ζ and E[controls at ζ′] = Σⱼ pⱼ · policy(ρζ + sεⱼ), by one pass of the policy over all rows. */
export function lookAhead(
  kit: NkKit,
  policy: NkPolicy,
  { probabilities, ...at }: NkLookAheadInput,
): NkLookAhead {
  const { zeta, parameters } = kit.lookAheadRows(kit, at);
  return expectedControls(policy(zeta, parameters), probabilities);
}

/** One tensor many times, for concat: on wasm twenty times as fast as tf.tile. */
function copies<T extends tf.Tensor>(x: T, count: number): T[] {
  return Array.from({ length: count }, () => x);
}

function flat(x: tf.Tensor): tf.Tensor1D {
  return x.rank === 1 ? (x as tf.Tensor1D) : tf.reshape(x, [x.size]);
}

/** Parts (R) values into the first B, and the mean of the others under the probabilities. */
function split(
  values: tf.Tensor1D,
  probabilities: tf.Tensor1D,
): { readonly today: tf.Tensor1D; readonly expected: tf.Tensor1D } {
  const count = probabilities.size;
  const batch = values.size / (count + 1);
  const [today, next] = tf.split(values, [batch, count * batch]) as [tf.Tensor1D, tf.Tensor1D];
  const expected = tf.matMul(tf.reshape(probabilities, [1, count]), tf.reshape(next, [count, batch]));
  return { today, expected: tf.reshape(expected, [batch]) };
}
