import * as tf from '@tensorflow/tfjs';
import type { NkConfiguration } from '../models/nk/configuration.ts';
import type { NkNodes } from '../models/nk/expectation.ts';
import type { NkKit, NkStepTensors } from '../models/nk/kit.ts';
import { policyWidths } from '../models/nk/policy.ts';
import type { NkBatch } from '../models/nk/world.ts';
import type { AdamMoments } from '../nn/adam.ts';
import { flatten, unflatten } from '../nn/flat.ts';
import { weightShapes } from '../nn/network.ts';
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
export function gradientStep(kit: NkKit, input: NkStepInput): NkStepTensors {
  const { configuration, weights, moments, batch, learningRate } = input;
  const shapes = weightShapes(policyWidths(configuration.network.hidden));
  return kit.scope(() => {
    const nodes = tf.tensor1d(input.nodes.nodes);
    const points = kit.lossPoints(kit, {
      zeta: batch.zeta,
      parameters: batch.parameters,
      coefficients: batch.coefficients,
      nodes,
      probabilities: tf.tensor1d(input.nodes.weights),
    });
    const { loss, gradients } = lossGradient(kit, unflatten(weights, shapes), points, configuration);
    const clipped = kit.clipGradient(flatten(gradients), configuration.optimiser.clipNorm);
    const update = { weights, gradient: clipped.gradient, moments, learningRate };
    const updated = kit.updateWeights(update, configuration.optimiser);
    const { firstMoment, secondMoment } = updated.moments;
    const made = { weights: updated.weights, firstMoment, secondMoment };
    return kit.commit({ ...made, ...loss, gradient: clipped.gradient, gradientNorm: clipped.norm }, nodes);
  });
}
