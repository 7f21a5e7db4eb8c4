import type * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../errors.ts';
import type { NkKit } from '../models/nk/kit.ts';
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
  /** The loss with all weights at 1, by which steps and runs are compared. */
  readonly unweighted: number;
  /** Before clipping. */
  readonly gradientNorm: number;
}

/**
 * Reads what the log keeps of a step.
 *
 * @throws SubjectError `non-finite-loss`, `non-finite-gradient`: weights are then lost, and a number in its place would
 * be read as progress.
 */
export async function readLogRow(kit: NkKit, observation: NkObservation): Promise<NkLogRow> {
  const { step, iteration, learningRate } = observation;
  const [total, is, phillips, gradientNorm] = await Promise.all([
    read(observation.total),
    read(observation.is),
    read(observation.phillips),
    read(observation.gradientNorm),
  ]);
  const given = `loss ${total} (IS ${is}, Phillips ${phillips}), gradient norm ${gradientNorm}, learning rate ${learningRate}`;
  if (!Number.isFinite(total)) throw notFinite('loss', step, given);
  if (!Number.isFinite(gradientNorm)) throw notFinite('gradient', step, given);
  const parts = { total, is, phillips };
  return { step, iteration, learningRate, ...parts, unweighted: kit.unweighted(parts), gradientNorm };
}

/**
 * Looks at the loss of a step that is not logged.
 *
 * @throws SubjectError `non-finite-loss`
 */
export async function requireFiniteLoss({ step, total, learningRate }: NkObservation): Promise<void> {
  const loss = await read(total);
  if (!Number.isFinite(loss)) throw notFinite('loss', step, `loss ${loss}, learning rate ${learningRate}`);
}

function notFinite(what: 'loss' | 'gradient', step: number, given: string): SubjectError {
  return new SubjectError({
    code: `non-finite-${what}`,
    what: `the ${what} of gradient step ${step} is not finite`,
    given,
    expected: 'finite numbers',
    todo: 'lower the learning rate, or look for a division or a power of what may be 0',
  });
}

async function read(scalar: tf.Scalar): Promise<number> {
  const [value = Number.NaN] = await scalar.data();
  return value;
}
