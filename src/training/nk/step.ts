import * as tf from '@tensorflow/tfjs';
import type { NamedTensors, TensorFunction } from '../../engine/index.ts';
import type { NkCoefficients } from '../../models/nk/coefficients.ts';
import type { NkAdamWSettings, NkConfiguration } from '../../models/nk/configuration.ts';
import type { NkNodes } from '../../models/nk/expectation.ts';
import type { NkKit, NkStepTensors } from '../../models/nk/kit.ts';
import type { NkLossPoints } from '../../models/nk/loss.ts';
import { policyShapes } from '../../models/nk/policy.ts';
import type { NkBatch } from '../../models/nk/world.ts';
import type { AdamMoments } from '../../nn/adam.ts';
import { flatten, unflatten } from '../../nn/flat.ts';
import { weightChange } from '../../nn/weight-change.ts';
import { lossGradient } from './loss-gradient.ts';

/** What a gradient step starts from. */
export interface NkStepInput {
  readonly configuration: NkConfiguration;
  /** Flat, (P). */
  readonly weights: tf.Tensor1D;
  readonly moments: AdamMoments;
  readonly batch: NkBatch;
  readonly nodes: NkNodes;
  readonly learningRate: number;
}

/** The loss at a batch, and its gradient (P) in the weights, clipped. */
export type NkGradient = Pick<NkStepTensors, 'total' | 'is' | 'phillips' | 'gradient' | 'gradientNorm'>;

/**
 * One gradient step: loss, gradient, clipping, AdamW. Leaves its inputs alive; the caller owns what it returns.
 *
 * @param gradientAt `nkGradient`, or what it was compiled to
 * @throws SubjectError `shape-mismatch`
 */
export function gradientStep(
  kit: NkKit,
  input: NkStepInput,
  optimiser: NkAdamWSettings,
  gradientAt: TensorFunction<NkGradient> = nkGradient(kit, input.configuration, optimiser),
): NkStepTensors {
  const { weights, moments, learningRate } = input;
  return kit.scope(() => {
    const inputs = gradientInputs(input);
    const made = gradientAt(inputs);
    const update = { weights, gradient: made.gradient, moments, learningRate };
    const updated = kit.updateWeights(update, optimiser);
    const { firstMoment, secondMoment } = updated.moments;
    const changed = weightChange(weights, updated.weights);
    return kit.commit(
      { ...made, weights: updated.weights, weightChange: changed, firstMoment, secondMoment },
      inputs.nodes,
    );
  });
}

/** What a gradient is computed from, as tensors by name; coefficients are there by `coefficients.` and their own names. */
export type NkGradientInputs = NamedTensors & {
  readonly weights: tf.Tensor1D;
  readonly zeta: tf.Tensor;
  readonly parameters: tf.Tensor2D;
  readonly nodes: tf.Tensor1D;
  readonly probabilities: tf.Tensor1D;
};

/** The surrounding scope owns the nodes and probabilities that this makes. */
export function gradientInputs({
  weights,
  batch: { zeta, parameters, coefficients },
  nodes,
}: Pick<NkStepInput, 'weights' | 'batch' | 'nodes'>): NkGradientInputs {
  const named = Object.entries({ ...coefficients }).map(([name, x]) => [COEFFICIENT + name, x] as const);
  return {
    weights,
    zeta,
    parameters,
    nodes: tf.tensor1d(nodes.nodes),
    probabilities: tf.tensor1d(nodes.weights),
    ...Object.fromEntries(named),
  };
}

const COEFFICIENT = 'coefficients.';

/** Loss, gradient and clipping as a function of tensors alone. The scope around a call owns everything that it makes. */
export function nkGradient(
  kit: NkKit,
  configuration: NkConfiguration,
  { clipNorm }: Pick<NkAdamWSettings, 'clipNorm'>,
): TensorFunction<NkGradient> {
  const shapes = policyShapes(kit, configuration.network);
  return (inputs) => {
    const { weights, zeta, parameters, nodes, probabilities, ...others } = inputs as NkGradientInputs;
    const named = Object.entries(others).map(([name, x]) => [name.slice(COEFFICIENT.length), x]);
    const coefficients = Object.fromEntries(named) as NkCoefficients;
    const points = kit.lossPoints(kit, { zeta, parameters, coefficients, nodes, probabilities });
    const { loss, gradients } = lossGradient(kit, unflatten(weights, shapes), points, configuration);
    const { gradient, norm } = kit.clipGradient(flatten(gradients), clipNorm);
    return { ...loss, gradient, gradientNorm: norm };
  };
}

/** Where the loss of a step is taken; the surrounding scope owns it. */
export function pointsOf(
  kit: NkKit,
  { batch, nodes: drawn }: Pick<NkStepInput, 'batch' | 'nodes'>,
): NkLossPoints {
  const { zeta, parameters, coefficients } = batch;
  const [nodes, probabilities] = [tf.tensor1d(drawn.nodes), tf.tensor1d(drawn.weights)];
  return kit.lossPoints(kit, { zeta, parameters, coefficients, nodes, probabilities });
}
