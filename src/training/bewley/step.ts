import type * as tf from '@tensorflow/tfjs';
import type { TensorFunction } from '../../engine/index.ts';
import type { BewleyConfiguration, BewleyTrainerKit } from '../../models/bewley/index.ts';
import { passSize } from '../../models/bewley/index.ts';
import type { AdamMoments } from '../../nn/adam.ts';
import type { NormaliserStatistics } from '../../nn/normaliser-statistics.ts';
import { weightChange } from '../../nn/weight-change.ts';
import type { BewleyBatch } from './batch.ts';
import { batchTensors, stateTensors } from './batch.ts';
import type { BewleyGradient } from './gradient.ts';
import { bewleyGradient } from './gradient.ts';

/** What a gradient step starts from. */
export interface BewleyStepInput {
  readonly configuration: BewleyConfiguration;
  /** Flat, (P). */
  readonly weights: tf.Tensor1D;
  readonly moments: AdamMoments;
  readonly batch: BewleyBatch;
  /** With this batch in them. */
  readonly statistics: NormaliserStatistics;
  readonly learningRate: number;
}

/** What a gradient step makes; `gradient` as the optimiser got it, after clipping, its norm before. */
export type BewleyStepTensors = BewleyGradient & {
  readonly gradientNorm: tf.Scalar;
  /** Root mean square of the change of the weights. */
  readonly weightChange: tf.Scalar;
  readonly weights: tf.Tensor1D;
  readonly firstMoment: tf.Tensor1D;
  readonly secondMoment: tf.Tensor1D;
};

/** Statistics of the normaliser with the worlds of a step in them; the caller owns them. */
export function observe(
  kit: BewleyTrainerKit,
  configuration: BewleyConfiguration,
  worlds: BewleyBatch['worlds'],
  past: NormaliserStatistics | undefined,
): NormaliserStatistics {
  const { batch, normaliser } = configuration;
  return kit.scope(() => {
    const state = stateTensors(worlds, { first: 0, count: batch.worlds, agents: batch.agents });
    const fed = kit.features(kit.policyInputs(state), configuration);
    return { ...kit.normaliser.updateStatistics(kit.normaliser, past, fed, normaliser) };
  });
}

/**
 * One gradient step: loss and gradient pass by pass, clipping, AdamW. The gradient of all worlds is the mean of those of
 * the passes, which are of equal size: memory is that of one pass. Leaves its inputs alive; the caller owns what it
 * returns.
 *
 * @param gradientAt `bewleyGradient`, or what it was compiled to
 * @throws SubjectError `shape-mismatch`
 */
export function bewleyStep(
  kit: BewleyTrainerKit,
  { configuration, weights, moments, batch, statistics, learningRate }: BewleyStepInput,
  gradientAt: TensorFunction<BewleyGradient> = bewleyGradient(kit, configuration),
): BewleyStepTensors {
  const { worlds, agents } = configuration.batch;
  const count = passSize(configuration.batch);
  const { mean, variance } = statistics;
  return kit.scope(() => {
    const passes = Array.from({ length: worlds / count }, (_, pass) =>
      kit.scope(() => {
        const range = { first: pass * count, count, agents };
        return gradientAt({ weights, ...batchTensors(batch, range), mean, variance });
      }),
    );
    const { gradient: whole, ...told } = kit.joinPasses(passes);
    const { gradient, norm } = kit.clipGradient(whole, configuration.optimiser.clipNorm);
    const update = { weights, gradient, moments, learningRate };
    const updated = kit.updateWeights(update, configuration.optimiser);
    const { firstMoment, secondMoment } = updated.moments;
    return kit.keep({
      ...told,
      gradient,
      gradientNorm: norm,
      weights: updated.weights,
      weightChange: weightChange(weights, updated.weights),
      firstMoment,
      secondMoment,
    });
  });
}
