import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { InputError, SubjectError } from '../errors.ts';
import type { NormaliserStatistics } from './normaliser-statistics.ts';

const tensorSchema = z
  .object({ shape: z.array(z.int().positive()).readonly(), data: z.instanceof(Float32Array) })
  .refine(
    ({ shape, data }) => shape.reduce((size, length) => size * length, 1) === data.length,
    'the data does not fill the shape',
  )
  .refine(({ data }) => data.every(Number.isFinite), 'a number is not finite');

const savedSchema = z
  .object({ count: z.int().positive(), mean: tensorSchema, variance: tensorSchema })
  .refine(
    ({ mean, variance }) => mean.shape.join() === variance.shape.join(),
    'mean and variance differ in shape',
  )
  .refine(({ variance }) => variance.data.every((value) => value >= 0), 'a variance is negative')
  .nullable();

/** The statistics of a normaliser on the host, bit for bit: all that it holds; null for one that has seen no batch. */
export type SavedNormaliser = Readonly<z.output<typeof savedSchema>>;

/**
 * Reads the statistics of a normaliser from the engine.
 *
 * @throws SubjectError `normaliser-lost` for statistics that `load` would refuse: a run that goes on from them is lost.
 */
export async function saveNormaliser(statistics: NormaliserStatistics | undefined): Promise<SavedNormaliser> {
  if (statistics === undefined) return null;
  const { count, mean, variance } = statistics;
  const saved = { count, mean: await read(mean), variance: await read(variance) };
  const checked = savedSchema.safeParse(saved);
  if (checked.success) return checked.data;
  throw new SubjectError({
    code: 'normaliser-lost',
    what: 'the statistics of a normaliser cannot be gone on from',
    given: z.prettifyError(checked.error),
    todo: 'look for what fed it numbers that are not finite',
  });
}

/**
 * The statistics that were saved, on the engine; the caller owns the tensors.
 *
 * @throws InputError `normaliser-unusable` for what is no saved normaliser; no tensor is then made.
 */
export function loadNormaliser(saved: SavedNormaliser): NormaliserStatistics | undefined {
  const checked = savedSchema.safeParse(saved);
  if (!checked.success) {
    throw new InputError({
      code: 'normaliser-unusable',
      what: 'a normaliser cannot go on from what was saved of it',
      given: z.prettifyError(checked.error),
      expected: 'a count, mean and variance of one shape, finite, no variance negative; or null',
      todo: 'load a checkpoint as it was written',
    });
  }
  if (checked.data === null) return undefined;
  const { count, mean, variance } = checked.data;
  return {
    count,
    mean: tf.tensor(mean.data, [...mean.shape]),
    variance: tf.tensor(variance.data, [...variance.shape]),
  };
}

async function read(
  tensor: tf.Tensor,
): Promise<{ readonly shape: readonly number[]; readonly data: unknown }> {
  // A copy, since an engine may hand out memory that it uses again; its type is judged above.
  return { shape: [...tensor.shape], data: (await tensor.data()).slice() };
}
