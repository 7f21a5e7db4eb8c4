import type { SavedState } from '../models/saved-state.ts';
import { requireFiniteState } from '../models/saved-state.ts';
import { breathing } from './breath.ts';

/** What any training run is told beside its model and configuration. */
export interface RunOptions {
  /** Every random number of the run comes from it. */
  readonly seed: number | string;
  /** Stops after so many gradient steps, on the schedule of the whole run. */
  readonly maximumSteps?: number;
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

/** A run as its loop sees it. */
export interface LoopBody {
  /** Gradient steps of the whole run. */
  readonly steps: number;
  /** Gradient steps taken so far. */
  readonly taken: () => number;
  /** Takes one; what it throws goes to `onFailure`, and the run goes on if that returns. */
  readonly step: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  readonly save: () => Promise<SavedState>;
}

/**
 * Takes gradient steps until all are taken or the run is aborted, and saves on the way.
 *
 * @throws SubjectError `non-finite-state`; what a step throws and `onFailure` throws again.
 */
export async function runLoop(
  { steps, taken, step, onFailure, save }: LoopBody,
  { checkpointEvery = Infinity, onCheckpoint, resumeFrom, signal }: Omit<RunOptions, 'seed'>,
): Promise<void> {
  const breathe = breathing();
  let saved = resumeFrom?.step;
  const checkpoint = async (): Promise<void> => {
    if (onCheckpoint === undefined || saved === taken()) return;
    const state = await save();
    requireFiniteState(state);
    await onCheckpoint(state);
    saved = taken();
  };
  while (taken() < steps && signal?.aborted !== true) {
    try {
      await step();
    } catch (error) {
      onFailure(error);
    }
    if (taken() % checkpointEvery === 0) await checkpoint();
    await breathe();
  }
  await checkpoint();
}
