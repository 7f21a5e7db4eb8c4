import type { NkKit } from '../../models/nk/kit.ts';
import { notFinite } from '../non-finite.ts';
import type { NkObservation, NkStepSize } from './observation.ts';
import { readScalar } from '../read-scalar.ts';

/** Numbers of one step, read from the engine. */
export interface NkLogRow {
  readonly step: number;
  readonly iteration: number;
  /** Of AdamW; absent under another rule. */
  readonly learningRate?: number;
  /** Of Levenberg and Marquardt, after the step; absent under another rule. */
  readonly damping?: number;
  /** 1 if the step of Levenberg and Marquardt was taken, 0 if not; a number, since logs draw it. */
  readonly accepted?: 0 | 1;
  /** What a step of Levenberg and Marquardt gained over what its linear model promised; absent where that is no number. */
  readonly gainRatio?: number;
  /** The loss that was differentiated, and its unweighted parts. */
  readonly total: number;
  readonly is: number;
  readonly phillips: number;
  /** The loss with all weights at 1, by which steps and runs are compared. */
  readonly unweighted: number;
  /** Before clipping. */
  readonly gradientNorm: number;
  /** Root mean square over the weights. */
  readonly weightChange: number;
}

/**
 * Reads what the log keeps of a step.
 *
 * @throws SubjectError `non-finite-loss`, `non-finite-gradient`: weights are then lost, and a number in its place would
 * be read as progress.
 */
export async function readLogRow(kit: NkKit, observation: NkObservation): Promise<NkLogRow> {
  const { step, iteration } = observation;
  const [total, is, phillips, gradientNorm, weightChange] = await Promise.all([
    readScalar(observation.total),
    readScalar(observation.is),
    readScalar(observation.phillips),
    readScalar(observation.gradientNorm),
    readScalar(observation.weightChange),
  ]);
  const given = `loss ${total} (IS ${is}, Phillips ${phillips}), gradient norm ${gradientNorm}, ${sizeInWords(observation)}`;
  if (!Number.isFinite(total)) throw notFinite('loss', step, given);
  if (!Number.isFinite(gradientNorm)) throw notFinite('gradient', step, given);
  const parts = { total, is, phillips };
  return {
    step,
    iteration,
    ...sizeOf(observation),
    ...parts,
    unweighted: kit.unweighted(parts),
    gradientNorm,
    weightChange,
  };
}

/**
 * Looks at the loss of a step that is not logged.
 *
 * @throws SubjectError `non-finite-loss`
 */
export async function requireFiniteLoss(observation: NkObservation): Promise<void> {
  const loss = await readScalar(observation.total);
  if (!Number.isFinite(loss))
    throw notFinite('loss', observation.step, `loss ${loss}, ${sizeInWords(observation)}`);
}

/** Of its rule alone: a learning rate of 0 where there is none would be read as one. */
function sizeOf({
  learningRate,
  damping,
  accepted,
  gainRatio,
}: NkStepSize): Pick<NkLogRow, 'learningRate' | 'damping' | 'accepted' | 'gainRatio'> {
  return {
    ...(learningRate === undefined ? {} : { learningRate }),
    ...(damping === undefined ? {} : { damping }),
    ...(accepted === undefined ? {} : { accepted: accepted ? 1 : 0 }),
    ...(gainRatio === undefined || !Number.isFinite(gainRatio) ? {} : { gainRatio }),
  };
}

function sizeInWords({ learningRate, damping }: NkStepSize): string {
  return learningRate === undefined ? `damping ${damping ?? 'unknown'}` : `learning rate ${learningRate}`;
}
