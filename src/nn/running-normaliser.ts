import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors.ts';
import type { NormaliserKit } from './normaliser-kit.ts';
import type { NormaliserSettings } from './normaliser-settings.ts';
import { requireNormaliserSettings } from './normaliser-settings.ts';
import type { NormaliserStatistics } from './normaliser-statistics.ts';
import { statisticsShape } from './normaliser-statistics.ts';

/** A batch to be normalised, (samples…, F), or (samples…, A, F) per agent; float32. */
export interface NormaliserRequest {
  readonly batch: tf.Tensor;
  /** Of all batches before; undefined before the first. */
  readonly statistics: NormaliserStatistics | undefined;
  readonly settings: NormaliserSettings;
  /** Whether the batch enters the statistics, before it is normalised by them. */
  readonly update: boolean;
}

/** A normalised batch, in its own shape; the caller owns the tensors. */
export type NormalisedBatch = {
  readonly normalised: tf.Tensor;
  /** Share of the elements that were clipped. */
  readonly clippedShare: tf.Scalar;
};

/** A normalised batch, and the statistics after it: new ones of the caller's, or, without update, those that were given. */
export type NormaliserAnswer = NormalisedBatch & { readonly statistics: NormaliserStatistics };

/**
 * Normalises a batch, and lets it into the statistics first if told so.
 *
 * @throws InputError `normaliser-empty` without statistics and without update, `normaliser-dtype` for a batch that is
 * not float32, `normaliser-shape` for one that has no such statistics, `normaliser-settings`.
 */
export function normalise(
  kit: NormaliserKit,
  { batch, statistics, settings, update }: NormaliserRequest,
): NormaliserAnswer {
  requireNormaliserSettings(settings);
  requireFloat32(batch);
  requireShape(batch, statistics, settings);
  if (!update) {
    const past = statistics ?? kit.withoutStatistics(batch, settings);
    return { ...kit.transform(kit, batch, past, settings), statistics: past };
  }
  return tf.tidy(() => {
    const updated = kit.updateStatistics(kit, statistics, batch, settings);
    return { ...kit.transform(kit, batch, updated, settings), statistics: updated };
  });
}

/** z = (x − m)/max(√(v + ε), floor), clipped to ±clip. The gradient is that of the clipped quotient in x alone. */
export function transform(
  kit: NormaliserKit,
  batch: tf.Tensor,
  { mean, variance }: NormaliserStatistics,
  settings: NormaliserSettings,
): NormalisedBatch {
  return tf.tidy(() => {
    const deviation = kit.deviation(variance, settings);
    return kit.clip(tf.div(tf.sub(batch, mean), deviation), settings.clip);
  });
}

/** max(√(v + ε), floor), in the shape of v. */
export function deviation(
  variance: tf.Tensor,
  { epsilon, floor }: Pick<NormaliserSettings, 'epsilon' | 'floor'>,
): tf.Tensor {
  return tf.tidy(() => tf.maximum(tf.sqrt(tf.add(variance, epsilon)), floor));
}

/**
 * Clips to ±bound, and says which share of the elements lay beyond. What is not finite comes out as NaN: 0·z puts it
 * back, since the clip kernel of wasm takes a NaN for −bound, an ordinary input.
 */
export function clip(z: tf.Tensor, bound: number): NormalisedBatch {
  return tf.tidy(() => ({
    normalised: tf.add(tf.clipByValue(z, -bound, bound), tf.mul(z, 0)),
    clippedShare: tf.mean<tf.Scalar>(tf.cast(tf.greater(tf.abs(z), bound), 'float32')),
  }));
}

/** Disposes of statistics that others have replaced; of none if they are the same. */
export function releaseStatistics(past: NormaliserStatistics | undefined, now?: NormaliserStatistics): void {
  if (past !== undefined && past !== now) tf.dispose([past.mean, past.variance]);
}

function requireFloat32({ dtype }: tf.Tensor): void {
  if (dtype === 'float32') return;
  throw new InputError({
    code: 'normaliser-dtype',
    what: 'a normaliser was given a batch whose dtype it cannot keep',
    given: dtype,
    expected: 'float32',
    todo: 'cast the batch: a mean of integers is no integer',
  });
}

/** Anything else would broadcast. */
function requireShape(
  batch: tf.Tensor,
  statistics: NormaliserStatistics | undefined,
  { scope }: NormaliserSettings,
): void {
  const leastRank = scope === 'global' ? 2 : 3;
  const own = statisticsShape(batch, scope).join(', ');
  const isEmpty = batch.size === 0;
  const wrong = [statistics?.mean, statistics?.variance].find(
    (tensor) => tensor !== undefined && tensor.shape.join(', ') !== own,
  );
  if (batch.rank >= leastRank && !isEmpty && wrong === undefined) return;
  throw new InputError({
    code: 'normaliser-shape',
    what: 'a normaliser was given a batch that its statistics are not those of',
    given: `a batch of [${batch.shape.join(', ')}]${wrong === undefined ? '' : ` with statistics of [${wrong.shape.join(', ')}]`}`,
    expected:
      scope === 'global'
        ? '(samples…, features) with statistics (features)'
        : '(samples…, agents, features) with statistics (agents, features)',
  });
}
