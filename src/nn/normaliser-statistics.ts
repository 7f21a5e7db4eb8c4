import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors.ts';
import type { NormaliserKit } from './normaliser-kit.ts';
import type { NormaliserSettings } from './normaliser-settings.ts';

/** Mean and variance (divided by n) of a batch: (F), or (A, F) per agent. */
export type BatchMoments = {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
};

/** What a normaliser remembers: running mean and variance, (F) or (A, F), and the number of batches that are in them. */
export type NormaliserStatistics = BatchMoments & {
  /** A number of the host, which counts every batch up to 2⁵³; in single precision it would stop at 2²⁴. */
  readonly count: number;
};

/**
 * Mean and variance of a batch (samples…, F), or (samples…, A, F) per agent: var = Σ(x − μ)²/n about the mean, since
 * E[x²] − μ² loses everything in single precision at mean 1,000 and deviation 1.
 *
 * The mean is that of a sum, and then of what is left about it: wasm and libtensorflow add up term by term, and put the
 * mean of 51,200 times 1001.7 at 1001.2, which makes a variance of 0.2 of nothing.
 */
export function batchMoments(batch: tf.Tensor, scope: NormaliserSettings['scope']): BatchMoments {
  return tf.tidy(() => {
    const samples = Array.from({ length: batch.rank - statisticsRank(scope) }, (_, axis) => axis);
    const rough: tf.Tensor = tf.mean(batch, samples);
    const mean: tf.Tensor = tf.add(rough, tf.mean(tf.sub(batch, rough), samples));
    return { mean, variance: tf.mean(tf.square(tf.sub(batch, mean)), samples) };
  });
}

/**
 * Running statistics with one batch more; movement between batches counts as variance. New tensors of the caller's.
 *
 *     d = μ_b − m,   m ← m + (1 − ρ) d,   v ← ρ (v + (1 − ρ) d²) + (1 − ρ) var_b
 *
 * This is exactly the weighted variance about the weighted mean, with weights ρᵏ(1 − ρ) (West 1979), and cannot cancel.
 */
export function blend(
  past: NormaliserStatistics,
  batch: BatchMoments,
  momentum: number,
): NormaliserStatistics {
  const weight = 1 - momentum;
  return tf.tidy(() => {
    const distance = tf.sub(batch.mean, past.mean);
    const between = tf.mul(tf.square(distance), weight);
    return {
      count: past.count + 1,
      mean: tf.add(past.mean, tf.mul(distance, weight)),
      variance: tf.add(tf.mul(tf.add(past.variance, between), momentum), tf.mul(batch.variance, weight)),
    };
  });
}

/**
 * Statistics with a batch (samples…, F) or (samples…, A, F) in them, made of it alone where there were none. They carry
 * no gradient. New tensors of the caller's, which on an open tape end with it: update before, and transform on the tape.
 */
export function updateStatistics(
  kit: NormaliserKit,
  past: NormaliserStatistics | undefined,
  batch: tf.Tensor,
  { scope, momentum }: NormaliserSettings,
): NormaliserStatistics {
  return tf.tidy(() => {
    const moments = kit.batchMoments(kit.constant(batch), scope);
    return past === undefined ? { count: 1, ...moments } : kit.blend(past, moments, momentum);
  });
}

/** What a normaliser does that has seen no batch: there is no plausible number to return. */
export function withoutStatistics(): never {
  throw new InputError({
    code: 'normaliser-empty',
    what: 'a normaliser was asked to transform before it has statistics',
    expected: 'at least one batch that updates it, or statistics loaded',
    todo: 'run warm-up steps that update the normaliser, or load a checkpoint that holds its statistics',
  });
}

/** Shape of the statistics of a batch: its last dimension, or its last two per agent. */
export function statisticsShape(batch: tf.Tensor, scope: NormaliserSettings['scope']): readonly number[] {
  return batch.shape.slice(batch.rank - statisticsRank(scope));
}

function statisticsRank(scope: NormaliserSettings['scope']): number {
  return scope === 'global' ? 1 : 2;
}
