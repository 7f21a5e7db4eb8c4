import type { BewleyConfiguration, BewleyTrainerKit } from '../../models/bewley/index.ts';
import type { SavedNormaliser } from '../../nn/index.ts';
import { streamOf } from '../../numerics/stream.ts';
import type { RunOptions } from '../loop.ts';
import { runLoop } from '../loop.ts';
import type { BewleyLogRow } from './log-row.ts';
import { readLogRow } from './log-row.ts';
import { heldOutLosses } from './held-out.ts';
import type { BewleyObservation, BewleyObserver } from './observation.ts';
import type { Progress } from './progress.ts';
import { advance, close, compileStep, open } from './progress.ts';

/** What a training run is told. */
export interface BewleyTraining extends RunOptions {
  readonly kit: BewleyTrainerKit;
  readonly configuration: BewleyConfiguration;
  /** Reads what the log keeps every so many gradient steps, and at the last. Default 100. */
  readonly logEvery?: number;
  readonly onStep?: BewleyObserver;
  readonly onLog?: (row: BewleyLogRow) => Promise<void> | void;
}

/** What a training run leaves, on the host. */
export interface BewleyRun {
  readonly configuration: BewleyConfiguration;
  readonly seed: number | string;
  /** Gradient steps taken, those before `resumeFrom` included. */
  readonly steps: number;
  /** Whether all steps were taken: false when the run was aborted. */
  readonly isComplete: boolean;
  /** Flat, (P), in the order of `networkShapes`. */
  readonly weights: Float32Array;
  /** By which inputs of the network are normalised; null where no batch has been seen. */
  readonly normaliser: SavedNormaliser;
  /** From where the run was resumed. */
  readonly log: readonly BewleyLogRow[];
}

/**
 * Trains the policy network of the Bewley economy. A gradient step is a period: all agents act, two draws lead to two
 * economies in which all act again, and the boundary of one of them, by a coin, is what the next step begins with, some
 * of it drawn afresh.
 *
 * Same kit, configuration, seed and engine: same bits, however often the run was saved and resumed. Tensors of the run
 * are disposed of at its end, also when it throws.
 *
 * @throws SubjectError `shape-mismatch`, `domain`, `non-finite-loss`, `non-finite-gradient`, `non-finite-state`
 * @throws InputError `state-unusable`, `no-equilibrium`, and what the callbacks throw.
 */
export async function trainBewley(training: BewleyTraining): Promise<BewleyRun> {
  const { kit, configuration: given, seed, maximumSteps = Infinity } = training;
  const configuration = kit.readConfiguration(given);
  const steps = Math.min(configuration.steps, maximumSteps);
  const progress = open(kit, configuration, streamOf(seed), training.resumeFrom);
  const log: BewleyLogRow[] = [];
  try {
    if (training.compile === true && progress.step < steps) await compileStep(progress);
    await runLoop(
      {
        steps,
        taken: () => progress.step,
        step: async () => {
          const row = await takeStep(progress, training, steps);
          if (row !== undefined) log.push(row);
        },
        onFailure: (error) => {
          kit.onFailure(error);
        },
        save: () => kit.saveState(kit, progress),
      },
      training,
    );
    return {
      configuration: given,
      seed,
      steps: progress.step,
      isComplete: progress.step >= steps,
      weights: Float32Array.from(await progress.weights.data()),
      normaliser: await kit.normaliser.save(progress.statistics),
      log,
    };
  } finally {
    close(progress);
  }
}

/** One gradient step, shown to the observer, and its row if it is logged. */
async function takeStep(
  progress: Progress,
  { kit, logEvery = 100, onStep, onLog }: BewleyTraining,
  steps: number,
): Promise<BewleyLogRow | undefined> {
  const { observation, release } = await advance(progress);
  try {
    await onStep?.(observation);
    if (observation.step % logEvery !== 0 && progress.step !== steps) return undefined;
    const row = {
      ...(await readLogRow(kit, progress.configuration, observation)),
      ...(await lookAside(progress, observation, logEvery)),
    };
    await onLog?.(row);
    return row;
  } finally {
    release();
  }
}

/** The losses on held-out worlds, where this row is one that has them. */
async function lookAside(
  { kit, configuration, streams }: Progress,
  { step, weights, statistics }: BewleyObservation,
  logEvery: number,
): Promise<Readonly<Record<string, number>>> {
  const { every } = configuration.heldOut;
  if (every === 0 || Math.floor(step / logEvery) % every !== 0) return {};
  return heldOutLosses(kit, { configuration, weights, statistics, streams });
}
