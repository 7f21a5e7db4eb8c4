import * as tf from '@tensorflow/tfjs';
import type { AdamMoments } from '../../nn/adam.ts';
import type { NormaliserStatistics } from '../../nn/normaliser-statistics.ts';
import type { SavedState } from '../saved-state.ts';
import { numberIn, saveTensor, tensorIn } from '../saved-state.ts';
import type { BewleyConfiguration } from './configuration.ts';
import { NORMALISED_FEATURES } from './network/features.ts';
import { networkShapes } from './network/weights.ts';
import type { BewleyTrainerKit } from './trainer-kit.ts';
import type { BewleyWorlds } from './worlds.ts';

/** What a run holds between two gradient steps. Random streams are named by purpose and step, so they hold nothing. */
export interface BewleyRunState {
  /** Gradient steps taken. */
  readonly step: number;
  /** Flat, (P). */
  readonly weights: tf.Tensor1D;
  readonly moments: AdamMoments;
  readonly statistics: NormaliserStatistics | undefined;
  readonly worlds: BewleyWorlds;
}

/** Reads the state of a run from the engine. */
export async function saveState(
  kit: Pick<BewleyTrainerKit, 'normaliser'>,
  { step, weights, moments, statistics, worlds }: BewleyRunState,
): Promise<SavedState> {
  const normaliser = await kit.normaliser.save(statistics);
  const { wealth, exogenous } = worlds;
  const agents = [wealth.length];
  return {
    step,
    numbers: { updates: moments.step, batches: normaliser?.count ?? 0 },
    tensors: {
      weights: await saveTensor(weights),
      firstMoment: await saveTensor(moments.firstMoment),
      secondMoment: await saveTensor(moments.secondMoment),
      ...(normaliser === null ? {} : { mean: normaliser.mean, variance: normaliser.variance }),
      wealth: { shape: agents, data: wealth },
      ability: { shape: agents, data: exogenous.ability },
      star: { shape: agents, data: Float32Array.from(exogenous.star) },
    },
  };
}

/**
 * The state that was saved, on the engine; the caller owns its tensors.
 *
 * @throws InputError `state-unusable` when it is not that of a run with this configuration; no tensor is then made.
 */
export function restoreState(
  kit: Pick<BewleyTrainerKit, 'normaliser'>,
  saved: SavedState,
  configuration: BewleyConfiguration,
): BewleyRunState {
  const { batch, normaliser } = configuration;
  const size = networkShapes(configuration).reduce(
    (total, shape) => total + shape.reduce((product, length) => product * length, 1),
    0,
  );
  const [weights, firstMoment, secondMoment] = ['weights', 'firstMoment', 'secondMoment'].map(
    (name) => tensorIn(saved, name, size).data,
  ) as [Float32Array, Float32Array, Float32Array];
  const [wealth, ability, star] = ['wealth', 'ability', 'star'].map(
    (name) => tensorIn(saved, name, batch.worlds * batch.agents).data,
  ) as [Float32Array, Float32Array, Float32Array];
  const [updates, count] = [numberIn(saved, 'updates'), numberIn(saved, 'batches')];
  const shape = statisticsShapeOf(normaliser.scope, batch.agents);
  const statistics = (name: 'mean' | 'variance') => ({
    shape,
    data: Float32Array.from(
      tensorIn(
        saved,
        name,
        shape.reduce((product, length) => product * length, 1),
      ).data,
    ),
  });
  return {
    step: saved.step,
    statistics: kit.normaliser.load(
      count === 0 ? null : { count, mean: statistics('mean'), variance: statistics('variance') },
    ),
    weights: tf.tensor1d(weights),
    moments: {
      firstMoment: tf.tensor1d(firstMoment),
      secondMoment: tf.tensor1d(secondMoment),
      step: updates,
    },
    worlds: { wealth, exogenous: { ability, star: Uint8Array.from(star) } },
  };
}

function statisticsShapeOf(
  scope: BewleyConfiguration['normaliser']['scope'],
  agents: number,
): readonly number[] {
  return scope === 'global' ? [NORMALISED_FEATURES] : [agents, NORMALISED_FEATURES];
}
