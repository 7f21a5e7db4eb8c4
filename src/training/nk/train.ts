import type { NkConfiguration } from '../../models/nk/configuration.ts';
import type { NkKit } from '../../models/nk/kit.ts';
import { streamOf } from '../../numerics/stream.ts';
import type { LoopBody, RunOptions } from '../loop.ts';
import { runLoop } from '../loop.ts';
import type { NkLogRow } from './log-row.ts';
import { readLogRow, requireFiniteLoss } from './log-row.ts';
import type { NkObserver } from './observation.ts';
import type { Progress } from './progress.ts';
import { advance, close, compileStep, open, prepareIteration } from './progress.ts';

/** What a training run is told. */
export interface NkTraining extends RunOptions {
  readonly kit: NkKit;
  readonly configuration: NkConfiguration;
  /** Reads the loss every so many gradient steps, and at the last; reading makes a GPU wait. Default 100. */
  readonly logEvery?: number;
  /** Also looks every so many steps whether the loss is finite, which reads it. Default: when it is logged. */
  readonly checkEvery?: number;
  readonly onStep?: NkObserver;
  readonly onLog?: (row: NkLogRow) => Promise<void> | void;
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
  const { kit, configuration: given, seed, maximumSteps = Infinity } = training;
  const configuration = kit.readConfiguration(given);
  const steps = Math.min(configuration.iterations * configuration.procedure.gradientSteps, maximumSteps);
  const progress = open(kit, configuration, streamOf(seed), training.resumeFrom);
  const log: NkLogRow[] = [];
  try {
    if (training.compile === true && progress.step < steps) await compileStep(progress);
    const body: LoopBody = {
      steps,
      taken: () => progress.step,
      step: async () => {
        const row = await takeStep(progress, training, steps);
        if (row !== undefined) log.push(row);
      },
      onFailure: (error) => {
        kit.onFailure(error);
      },
      save: () => kit.saveState(progress),
    };
    await runLoop(body, training);
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
