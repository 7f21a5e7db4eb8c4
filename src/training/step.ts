import * as tf from '@tensorflow/tfjs';
import type { NkAdamWSettings, NkConfiguration } from '../models/nk/configuration.ts';
import type { NkNodes } from '../models/nk/expectation.ts';
import type { NkKit, NkStepTensors } from '../models/nk/kit.ts';
import type { NkLossPoints } from '../models/nk/loss.ts';
import { policyShapes } from '../models/nk/policy.ts';
import type { NkBatch } from '../models/nk/world.ts';
import type { AdamMoments } from '../nn/adam.ts';
import { flatten, unflatten } from '../nn/flat.ts';
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

/**
 * One gradient step: loss, gradient, clipping, AdamW. Leaves its inputs alive; the caller owns what it returns.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function gradientStep(kit: NkKit, input: NkStepInput, optimiser: NkAdamWSettings): NkStepTensors {
  const { configuration, weights, moments, learningRate } = input;
  const shapes = policyShapes(kit, configuration.network);
  return kit.scope(() => {
    const nodes = tf.tensor1d(input.nodes.nodes);
    const points = pointsOf(kit, input, nodes);
    const { loss, gradients } = lossGradient(kit, unflatten(weights, shapes), points, configuration);
    const clipped = kit.clipGradient(flatten(gradients), optimiser.clipNorm);
    const update = { weights, gradient: clipped.gradient, moments, learningRate };
    const updated = kit.updateWeights(update, optimiser);
    const { firstMoment, secondMoment } = updated.moments;
    const made = { weights: updated.weights, firstMoment, secondMoment };
    return kit.commit({ ...made, ...loss, gradient: clipped.gradient, gradientNorm: clipped.norm }, nodes);
  });
}

/** Where the loss of a step is taken; the surrounding scope owns it. */
export function pointsOf(
  kit: NkKit,
  { batch, nodes }: Pick<NkStepInput, 'batch' | 'nodes'>,
  shocks = tf.tensor1d(nodes.nodes),
): NkLossPoints {
  const { zeta, parameters, coefficients } = batch;
  const probabilities = tf.tensor1d(nodes.weights);
  return kit.lossPoints(kit, { zeta, parameters, coefficients, nodes: shocks, probabilities });
}
