import type { NkConfiguration } from '../../models/nk/configuration.ts';
import type { NkKit } from '../../models/nk/kit.ts';
import type { SavedState } from '../../models/saved-state.ts';
import { requireFiniteState } from '../../models/saved-state.ts';
import { streamOf } from '../../numerics/stream.ts';
import { breathing } from '../breath.ts';
import type { NkLogRow } from './log-row.ts';
import { readLogRow, requireFiniteLoss } from './log-row.ts';
import type { NkObserver } from './observation.ts';
import type { Progress } from './progress.ts';
import { advance, close, compileStep, open, prepareIteration } from './progress.ts';

/** What a training run is told. */
export interface NkTraining {
  readonly kit: NkKit;
  readonly configuration: NkConfiguration;
  /** Every random number of the run comes from it. */
  readonly seed: number | string;
  /** Stops after so many gradient steps, on the schedule of the whole run. */
  readonly maximumSteps?: number;
  /** Reads the loss every so many gradient steps, and at the last; reading makes a GPU wait. Default 100. */
  readonly logEvery?: number;
  /** Also looks every so many steps whether the loss is finite, which reads it. Default: when it is logged. */
  readonly checkEvery?: number;
  readonly onStep?: NkObserver;
  readonly onLog?: (row: NkLogRow) => Promise<void> | void;
  /**
   * Leaves whole steps to the engine where it can (`tensorflow`): a different order of roundings, and several times the
   * speed. Default false: kernel by kernel, as laws look at it.
   */
  readonly compile?: boolean;
  /** Goes on from a saved state, bit for bit as the run that saved it would have. */
  readonly resumeFrom?: SavedState;
  /** Hands over the state after every `checkpointEvery` steps, and at the end, also when it was aborted. */
  readonly onCheckpoint?: (state: SavedState) => Promise<void> | void;
  readonly checkpointEvery?: number;
  /** Ends the run after the step that is being taken. */
  readonly signal?: AbortSignal;
}

/** What a training run leaves, on the host. */
export interface NkRun {
  readonly configuration: NkConfiguration;
  readonly seed: number | string;
  /** Gradient steps taken, those before `resumeFrom` included. */
  readonly steps: number;
  /** Whether all steps were taken: false when the run was aborted. */
  readonly isComplete: boolean;
  /** Flat, (P), in the order of `weightShapes`. */
  readonly weights: Float32Array;
  /** From where the run was resumed. */
  readonly log: readonly NkLogRow[];
}

/**
 * Trains the policy network of the New Keynesian model. An iteration is `gradientSteps` gradient steps on one world;
 * between iterations come new parameters, every `redrawEvery`, then the next state, drawn afresh or stepped on.
 *
 * Same kit, configuration, seed and engine: same bits, however often the run was saved and resumed. Tensors of the run
 * are disposed of at its end, also when it throws.
 *
 * @throws SubjectError `shape-mismatch`, `non-finite-loss`, `non-finite-gradient`, `non-finite-state`
 * @throws InputError `state-unusable`, and what the callbacks throw.
 */
export async function trainNk(training: NkTraining): Promise<NkRun> {
  const { kit, configuration: given, seed, maximumSteps = Infinity, checkpointEvery = Infinity } = training;
  const configuration = kit.readConfiguration(given);
  const steps = Math.min(configuration.iterations * configuration.procedure.gradientSteps, maximumSteps);
  const progress = open(kit, configuration, streamOf(seed), training.resumeFrom);
  const breathe = breathing();
  const log: NkLogRow[] = [];
  let saved = training.resumeFrom?.step;
  const checkpoint = async (): Promise<void> => {
    if (training.onCheckpoint === undefined || saved === progress.step) return;
    const state = await kit.saveState(progress);
    requireFiniteState(state);
    await training.onCheckpoint(state);
    saved = progress.step;
  };
  try {
    if (training.compile === true && progress.step < steps) await compileStep(progress);
    while (progress.step < steps && training.signal?.aborted !== true) {
      try {
        const row = await takeStep(progress, training, steps);
        if (row !== undefined) log.push(row);
      } catch (error) {
        kit.onFailure(error);
      }
      if (progress.step % checkpointEvery === 0) await checkpoint();
      await breathe();
    }
    await checkpoint();
    const weights = Float32Array.from(await progress.weights.data());
    const isComplete = progress.step >= steps;
    return { configuration: given, seed, steps: progress.step, isComplete, weights, log };
  } finally {
    close(progress);
  }
}

/** One gradient step, shown to the observer, and its row if it is logged. */
async function takeStep(
  progress: Progress,
  { kit, logEvery = 100, checkEvery = logEvery, onStep, onLog }: NkTraining,
  steps: number,
): Promise<NkLogRow | undefined> {
  if (progress.step % progress.configuration.procedure.gradientSteps === 0) prepareIteration(progress);
  const { observation, release } = await advance(progress);
  try {
    await onStep?.(observation);
    if (observation.step % logEvery === 0 || progress.step === steps) {
      const row = await readLogRow(kit, observation);
      await onLog?.(row);
      return row;
    }
    if (observation.step % checkEvery === 0) await requireFiniteLoss(observation);
    return undefined;
  } finally {
    release();
  }
}
