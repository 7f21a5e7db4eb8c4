import type * as tf from '@tensorflow/tfjs';
import { constant } from './constant.ts';
import type { NormaliserSettings } from './normaliser-settings.ts';
import type { BatchMoments, NormaliserStatistics } from './normaliser-statistics.ts';
import { batchMoments, blend, updateStatistics, withoutStatistics } from './normaliser-statistics.ts';
import type { NormalisedBatch, NormaliserAnswer, NormaliserRequest } from './running-normaliser.ts';
import { clip, deviation, normalise, transform } from './running-normaliser.ts';
import type { SavedNormaliser } from './saved-normaliser.ts';
import { loadNormaliser, saveNormaliser } from './saved-normaliser.ts';

/**
 * The pure functions of which the running normaliser is made. A function that uses others takes the kit as its first
 * argument and calls them through it. Batches are (samples…, F), or (samples…, A, F) where each agent has statistics.
 */
export interface NormaliserKit {
  readonly constant: <T extends tf.Tensor>(x: T) => T;
  readonly batchMoments: (batch: tf.Tensor, scope: NormaliserSettings['scope']) => BatchMoments;
  readonly blend: (past: NormaliserStatistics, batch: BatchMoments, momentum: number) => NormaliserStatistics;
  readonly updateStatistics: (
    kit: NormaliserKit,
    past: NormaliserStatistics | undefined,
    batch: tf.Tensor,
    settings: NormaliserSettings,
  ) => NormaliserStatistics;
  readonly withoutStatistics: (batch: tf.Tensor, settings: NormaliserSettings) => NormaliserStatistics;
  readonly deviation: (
    variance: tf.Tensor,
    settings: Pick<NormaliserSettings, 'epsilon' | 'floor'>,
  ) => tf.Tensor;
  readonly clip: (z: tf.Tensor, bound: number) => NormalisedBatch;
  readonly transform: (
    kit: NormaliserKit,
    batch: tf.Tensor,
    statistics: NormaliserStatistics,
    settings: NormaliserSettings,
  ) => NormalisedBatch;
  readonly normalise: (kit: NormaliserKit, request: NormaliserRequest) => NormaliserAnswer;
  readonly save: (statistics: NormaliserStatistics | undefined) => Promise<SavedNormaliser>;
  readonly load: (saved: SavedNormaliser) => NormaliserStatistics | undefined;
}

/** The normaliser that trainers use; what faults deviate from. */
export const normaliserKit: NormaliserKit = {
  constant,
  batchMoments,
  blend,
  updateStatistics,
  withoutStatistics,
  deviation,
  clip,
  transform,
  normalise,
  save: saveNormaliser,
  load: loadNormaliser,
};
