import * as tf from '@tensorflow/tfjs';
import type { CompiledFunction } from '../../engine/index.ts';
import { compile, tensorMemory } from '../../engine/index.ts';
import type {
  BewleyConfiguration,
  BewleyProcess,
  BewleyTrainerKit,
  BewleyWorlds,
} from '../../models/bewley/index.ts';
import { passSize } from '../../models/bewley/index.ts';
import type { SavedState } from '../../models/saved-state.ts';
import type { AdamMoments } from '../../nn/adam.ts';
import { freshMoments } from '../../nn/adam.ts';
import type { NormaliserStatistics } from '../../nn/normaliser-statistics.ts';
import type { Stream } from '../../numerics/stream.ts';
import { batchTensors } from './batch.ts';
import type { BewleyGradient } from './gradient.ts';
import { bewleyGradient } from './gradient.ts';
import type { BewleyObservation } from './observation.ts';
import { requireFiniteStep } from './require-finite-step.ts';
import { bewleyStep, observe } from './step.ts';

/** A run between two gradient steps. It owns its tensors: weights (P), moments (P), statistics. */
export interface Progress {
  readonly kit: BewleyTrainerKit;
  readonly configuration: BewleyConfiguration;
  /** Every purpose and every step has a stream of its own, so that what one draws changes no other. */
  readonly streams: Stream;
  worlds: BewleyWorlds;
  weights: tf.Tensor1D;
  moments: AdamMoments;
  statistics: NormaliserStatistics | undefined;
  /** Gradient steps taken. */
  step: number;
  /** Loss and gradient as one kernel, where they have been compiled. */
  gradient?: CompiledFunction<BewleyGradient>;
}

/**
 * A run before its first step, its normaliser warm, or where it was saved.
 *
 * @throws InputError `state-unusable`, `no-equilibrium`
 */
export function open(
  kit: BewleyTrainerKit,
  configuration: BewleyConfiguration,
  streams: Stream,
  resumeFrom?: SavedState,
): Progress {
  const run = { kit, configuration, streams };
  if (resumeFrom !== undefined) return { ...run, ...kit.restoreState(kit, resumeFrom, configuration) };
  const first = kit.initialWeights(kit, streams.split('weights'), configuration);
  const progress: Progress = {
    ...run,
    worlds: drawWorlds(run, streams.split('worlds')),
    weights: tf.tensor1d(first),
    moments: freshMoments(first.length),
    statistics: undefined,
    step: 0,
  };
  try {
    warmUp(progress);
  } catch (error) {
    close(progress);
    throw error;
  }
  return progress;
}

/** Lets worlds that are made for this into the statistics of the normaliser. */
function warmUp(progress: Progress): void {
  const stream = progress.streams.split('warm-up');
  for (let batch = 0; batch < progress.configuration.normaliser.warmUp; batch += 1)
    note(progress, drawWorlds(progress, stream.split(batch)));
}

function drawWorlds(
  { kit, configuration }: Pick<Progress, 'kit' | 'configuration'>,
  stream: Stream,
): BewleyWorlds {
  const { worlds, agents } = configuration.batch;
  return kit.drawAgents(kit, configuration, worlds * agents, stream);
}

/** Lets worlds into the statistics of the normaliser. */
function note(progress: Progress, worlds: BewleyWorlds): NormaliserStatistics {
  const { kit, configuration, statistics: past } = progress;
  const statistics = observe(kit, configuration, worlds, past);
  kit.releaseStatistics(past, statistics);
  progress.statistics = statistics;
  return statistics;
}

/**
 * Leaves loss and gradient to the engine as one kernel, where it can take them.
 *
 * @throws SuiteError `graph-untraceable`, `graph-differs`
 */
export async function compileStep(progress: Progress): Promise<void> {
  const { kit, configuration, worlds, weights } = progress;
  const { agents } = configuration.batch;
  const count = passSize(configuration.batch);
  const branches = { a: worlds.exogenous, b: worlds.exogenous };
  const tensors = tf.tidy(() => batchTensors({ worlds, branches }, { first: 0, count, agents }));
  // Statistics of the step to come are not there yet; any of their shape will do.
  const { mean, variance } = progress.statistics ?? observe(kit, configuration, worlds, undefined);
  const body = bewleyGradient(kit, configuration);
  try {
    const compiled = await compile<BewleyGradient>((given) => tf.tidy(() => body(given)), {
      weights,
      ...tensors,
      mean,
      variance,
    });
    if (compiled !== undefined) progress.gradient = compiled;
  } finally {
    tf.dispose(Object.values(tensors));
    if (progress.statistics === undefined) tf.dispose([mean, variance]);
  }
}

/** Takes one gradient step, and goes on to the next period; what it shows of it lives until it is released. */
export async function advance(progress: Progress): Promise<{
  readonly observation: BewleyObservation;
  readonly release: () => void;
}> {
  const { kit, configuration, worlds, weights, moments, step, streams, gradient } = progress;
  const { optimiser, redraw, steps } = configuration;
  const stream = streams.split('step').split(step);
  const process: BewleyProcess = configuration;
  const branches = kit.drawBranches(kit, process, worlds.exogenous, stream.split('shocks'));
  const batch = { worlds, branches };
  const statistics = note(progress, worlds);
  const learningRate = kit.learningRate(step, steps, optimiser);
  const input = { configuration, weights, moments, batch, statistics, learningRate };
  const made = bewleyStep(kit, input, gradient?.run);
  const { weights: updated, firstMoment, secondMoment, ...told } = made;
  try {
    await requireFiniteStep(kit, step, input, made);
    const chosen = kit.chooseBranch(stream.split('coin'));
    const committed = {
      wealth: Float32Array.from(await (chosen === 'a' ? told.committedA : told.committedB).data<'float32'>()),
      exogenous: kit.commitExogenous(branches, chosen),
    };
    const share = kit.redrawShare(redraw, step, steps);
    progress.worlds = kit.redrawWorlds(kit, committed, configuration, share, stream.split('redraw'));
  } catch (error) {
    kit.release({ ...told, weights: updated, firstMoment, secondMoment });
    throw error;
  }
  kit.release({ weights, firstMoment: moments.firstMoment, secondMoment: moments.secondMoment });
  progress.weights = updated;
  progress.moments = { firstMoment, secondMoment, step: moments.step + 1 };
  progress.step = step + 1;
  return {
    observation: {
      ...made,
      step,
      learningRate,
      batch,
      committed: progress.worlds,
      statistics,
      memory: tensorMemory(),
    },
    release: () => {
      kit.release(told);
    },
  };
}

/** Disposes of the tensors of a run, and of what was compiled. */
export function close({ kit, weights, moments, statistics, gradient }: Progress): void {
  gradient?.dispose();
  kit.release({ weights, firstMoment: moments.firstMoment, secondMoment: moments.secondMoment });
  kit.releaseStatistics(statistics);
}
