import type * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../errors.ts';
import type { NkObservation } from './observation.ts';

/** Numbers of one step, read from the engine. */
export interface NkLogRow {
  readonly step: number;
  readonly iteration: number;
  readonly learningRate: number;
  /** The loss that was differentiated, and its unweighted parts. */
  readonly total: number;
  readonly is: number;
  readonly phillips: number;
  /** Before clipping. */
  readonly gradientNorm: number;
}

/**
 * Reads what the log keeps of a step.
 *
 * @throws SubjectError `non-finite-loss`: weights are then lost, and a number in its place would be read as progress.
 */
export async function readLogRow(observation: NkObservation): Promise<NkLogRow> {
  const { step, iteration, learningRate } = observation;
  const [total, is, phillips, gradientNorm] = await Promise.all([
    read(observation.total),
    read(observation.is),
    read(observation.phillips),
    read(observation.gradientNorm),
  ]);
  if (!Number.isFinite(total)) {
    throw new SubjectError({
      code: 'non-finite-loss',
      what: `the loss of gradient step ${step} is not finite`,
      given: `loss ${total} (IS ${is}, Phillips ${phillips}), gradient norm ${gradientNorm}, learning rate ${learningRate}`,
      expected: 'finite numbers',
      todo: 'log every step to find the first; lower the learning rate, or look for a division or a power of what may be 0',
    });
  }
  return { step, iteration, learningRate, total, is, phillips, gradientNorm };
}

async function read(scalar: tf.Scalar): Promise<number> {
  const [value = Number.NaN] = await scalar.data();
  return value;
}
