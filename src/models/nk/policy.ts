import * as tf from '@tensorflow/tfjs';
import { perceptron } from '../../nn/network.ts';
import type { NkNetworkSettings } from './configuration.ts';
import type { NkPolicy } from './controls.ts';
import type { NkKit } from './kit.ts';
import { NK_PARAMETER_COUNT, NK_PARAMETERS } from './parameters.ts';

const INPUTS = 1 + NK_PARAMETER_COUNT;
const OUTPUTS = 2;

/** Widths of the policy network: [ζ, 8 parameters], the hidden layers, [X, Π]. */
export function policyWidths(hidden: readonly number[]): readonly number[] {
  return [INPUTS, ...hidden, OUTPUTS];
}

/**
 * Network inputs (B, 9): ζ as it is (its published bounds are [−1, 1]), then the parameters scaled to [−1, 1] over the
 * prior. The state may have any shape of B elements.
 */
export function networkInputs(zeta: tf.Tensor, parameters: tf.Tensor2D): tf.Tensor2D {
  const middle = NK_PARAMETERS.map(({ prior: [lower, upper] }) => (lower + upper) / 2);
  const halfWidth = NK_PARAMETERS.map(({ prior: [lower, upper] }) => (upper - lower) / 2);
  const scaled: tf.Tensor2D = tf.div(tf.sub(parameters, middle), halfWidth);
  return joinColumns(tf.reshape(zeta, [zeta.size, 1]), scaled);
}

/** On wasm, joining rows and transposing is four times as fast as joining columns. */
function joinColumns(first: tf.Tensor2D, others: tf.Tensor2D): tf.Tensor2D {
  if (tf.getBackend() !== 'wasm') return tf.concat2d([first, others], 1);
  return tf.transpose(tf.concat2d([tf.transpose(first), tf.transpose(others)], 0));
}

/** Raw network outputs (B, 2). */
export function network(kit: NkKit, weights: readonly tf.Tensor[], inputs: tf.Tensor2D): tf.Tensor2D {
  return perceptron(weights, inputs, kit.activation);
}

/** The policy function that a network with these weights stands for. */
export function policy(
  kit: NkKit,
  weights: readonly tf.Tensor[],
  { outputScale }: NkNetworkSettings,
): NkPolicy {
  return (zeta, parameters) =>
    kit.controls(kit.network(kit, weights, kit.networkInputs(zeta, parameters)), outputScale);
}

/** The exact policy, in the place of a network: its controls go through `kit.controls` too. */
export function closedFormPolicy(kit: NkKit, { outputScale }: NkNetworkSettings): NkPolicy {
  return (zeta, parameters) => {
    const rows = zeta.size;
    const { output, inflation } = kit.closedForm(tf.reshape(zeta, [rows]), kit.coefficients(parameters));
    const both = tf.concat2d([tf.reshape(output, [rows, 1]), tf.reshape(inflation, [rows, 1])], 1);
    return kit.controls(tf.div(both, outputScale), outputScale);
  };
}
