import * as tf from '@tensorflow/tfjs';
import type { Activation } from '../../nn/activation.ts';
import type { WeightShapes } from '../../nn/network.ts';
import { perceptron, weightShapes } from '../../nn/network.ts';
import type { NkNetworkSettings } from './configuration.ts';
import type { NkControls, NkPolicy } from './controls.ts';
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
export function network(
  kit: NkKit,
  weights: readonly tf.Tensor[],
  inputs: tf.Tensor2D,
  activation = kit.activation,
): tf.Tensor2D {
  return perceptron(weights, inputs, activation);
}

/** Shapes of the weights of a network with these settings. */
export function policyShapes(
  kit: Pick<NkKit, 'activation' | 'gatedActivation'>,
  network: Pick<NkNetworkSettings, 'activation' | 'hidden'>,
): WeightShapes {
  return weightShapes(policyWidths(network.hidden), activationOf(kit, network).sumsPerUnit);
}

/** The activation of a network with these settings. */
export function activationOf(
  kit: Pick<NkKit, 'activation' | 'gatedActivation'>,
  { activation }: Pick<NkNetworkSettings, 'activation'>,
): Activation {
  return activation === 'gated' ? kit.gatedActivation : kit.activation;
}

/** The policy function that a network with these weights stands for. */
export function policy(kit: NkKit, weights: readonly tf.Tensor[], settings: NkNetworkSettings): NkPolicy {
  return (zeta, parameters) => {
    const frame = policyFrame(kit, zeta, parameters, settings);
    return frame.controls(kit.network(kit, weights, frame.inputs, activationOf(kit, settings)));
  };
}

/** What stands around the network at R states: its inputs (R, 9), and the controls that its outputs (R, 2) mean. */
export interface NkPolicyFrame {
  readonly inputs: tf.Tensor2D;
  readonly controls: (raw: tf.Tensor2D) => NkControls;
}

/**
 * States and controls are measured in units of `unit`: with `ergodic`, in sd(ζ) of their own parameters, by which states
 * of different economies become alike. The policy is as free in ζ as without.
 */
export function policyFrame(
  kit: NkKit,
  zeta: tf.Tensor,
  parameters: tf.Tensor2D,
  { unit, stateScale, outputScale }: NkNetworkSettings,
): NkPolicyFrame {
  if (unit === 'absolute') {
    const state = stateScale === 1 ? zeta : tf.div(zeta, stateScale);
    return {
      inputs: kit.networkInputs(state, parameters),
      controls: (raw) => kit.controls(raw, outputScale),
    };
  }
  const { ergodicDeviation } = kit.coefficients(parameters);
  const state = tf.div(tf.reshape(zeta, [zeta.size]), tf.mul(ergodicDeviation, stateScale));
  return {
    inputs: kit.networkInputs(state, parameters),
    controls: (raw) => {
      const { output, inflation } = kit.controls(raw, outputScale);
      return { output: tf.mul(output, ergodicDeviation), inflation: tf.mul(inflation, ergodicDeviation) };
    },
  };
}

/** The exact policy, in the place of a network: its controls go through `kit.controls` too. */
export function closedFormPolicy(
  kit: NkKit,
  { outputScale }: Pick<NkNetworkSettings, 'outputScale'>,
): NkPolicy {
  return (zeta, parameters) => {
    const rows = zeta.size;
    const { output, inflation } = kit.closedForm(tf.reshape(zeta, [rows]), kit.coefficients(parameters));
    const both = tf.concat2d([tf.reshape(output, [rows, 1]), tf.reshape(inflation, [rows, 1])], 1);
    return kit.controls(tf.div(both, outputScale), outputScale);
  };
}
