import type { Environment, PpoConfiguration, PpoKit, ReturnMoments } from '../../models/ppo/index.ts';
import { samplesOf, updatesOf } from '../../models/ppo/index.ts';
import type { RunningMoments } from '../../numerics/running-moments.ts';
import { streamOf } from '../../numerics/stream.ts';
import type { RunOptions } from '../loop.ts';
import { runLoop } from '../loop.ts';
import type { PpoLogRow } from './log-row.ts';
import { logRowOf } from './log-row.ts';
import type { PpoGradientStep, PpoUpdate } from './observation.ts';
import { advance, close, compileUpdate, open } from './progress.ts';

/** What a training run is told. Its steps are those of all environments together, and come in whole updates. */
export interface PpoTraining extends RunOptions {
  readonly kit: PpoKit;
  readonly configuration: PpoConfiguration;
  /** In place of the one that is configured. */
  readonly environment: Environment;
  /** Logs every update that begins at a multiple of so many steps, and the last. Default: every one. */
  readonly logEvery?: number;
  readonly onGradientStep?: (step: PpoGradientStep) => Promise<void> | void;
  readonly onUpdate?: (update: PpoUpdate) => Promise<void> | void;
  readonly onLog?: (row: PpoLogRow) => Promise<void> | void;
}

/** What a training run leaves, on the host. */
export interface PpoRun {
  readonly configuration: PpoConfiguration;
  readonly seed: number | string;
  /** Environment steps taken, those before `resumeFrom` included. */
  readonly steps: number;
  /** Whether all steps were taken: false when the run was aborted. */
  readonly isComplete: boolean;
  /** Flat, (P), in the order of `ppoShapes`. */
  readonly weights: Float32Array;
  /** By which observations are normalised. */
  readonly observationMoments: RunningMoments;
  /** By which values are read. */
  readonly returnMoments: ReturnMoments;
  /** From where the run was resumed. */
  readonly log: readonly PpoLogRow[];
}

/**
 * Trains an actor and a critic with a value head for each component of the reward: proximal policy optimisation (Schulman
 * and others 2017). An update is a rollout, then `epochs` passes over its samples.
 *
 * Same kit, configuration, environment, seed and engine: same bits, however often the run was saved and resumed. Tensors of
 * the run are disposed of at its end, also when it throws.
 *
 * @throws SubjectError `shape-mismatch`, `non-finite-loss`, `non-finite-gradient`, `non-finite-state`
 * @throws InputError `state-unusable`, `reward-unknown`, and what the callbacks throw.
 */
export async function trainPpo(training: PpoTraining): Promise<PpoRun> {
  const { kit, configuration: given, environment, seed, maximumSteps = Infinity, logEvery = 1 } = training;
  const configuration = kit.readConfiguration(given);
  const samples = samplesOf(configuration);
  const whole = updatesOf(configuration) * samples;
  const steps = Math.min(whole, Math.ceil(maximumSteps / samples) * samples);
  const progress = open(kit, configuration, environment, streamOf(seed), training.resumeFrom);
  const { rewards } = progress.environment;
  const { rewardWeights } = progress.task;
  const row = { configuration, rewards, own: environment.rewards.length, rewardWeights };
  const log: PpoLogRow[] = [];
  try {
    if (training.compile === true && progress.step < steps) await compileUpdate(progress);
    await runLoop(
      {
        steps,
        taken: () => progress.step,
        step: async () => {
          const update = await advance(progress, training.onGradientStep);
          await training.onUpdate?.(update);
          if (update.step % logEvery !== 0 && progress.step < steps) return;
          const numbers = logRowOf(kit, update, row);
          log.push(numbers);
          await training.onLog?.(numbers);
        },
        onFailure: (error) => {
          kit.onFailure(error);
        },
        save: () => kit.saveState(progress),
      },
      training,
    );
    return {
      configuration: given,
      seed,
      steps: progress.step,
      isComplete: progress.step >= steps,
      weights: Float32Array.from(await progress.weights.data()),
      observationMoments: progress.observationMoments,
      returnMoments: progress.returnMoments,
      log,
    };
  } finally {
    close(progress);
  }
}
