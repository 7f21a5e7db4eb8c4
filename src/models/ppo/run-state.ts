import * as tf from '@tensorflow/tfjs';
import type { AdamMoments } from '../../nn/adam.ts';
import type { RunningMoments } from '../../numerics/running-moments.ts';
import type { SavedState } from '../saved-state.ts';
import { numberIn, saveTensor, tensorIn } from '../saved-state.ts';
import type { PpoConfiguration } from './configuration.ts';
import type { Environment } from './environment.ts';
import { ppoShapes } from './network.ts';
import type { ReturnMoments } from './return-moments.ts';
import type { RewardScale } from './reward-scaling.ts';
import { sizesOf } from './spaces.ts';

/** E environments between two steps. */
export interface EnvironmentStates {
  /** (E, S). */
  readonly states: Float32Array;
  /** (E): steps of the running episode. */
  readonly elapsed: Float32Array;
  /** (E, C): rewards of the running episode so far. */
  readonly collected: Float32Array;
}

/** What a run holds between two updates. Random streams are named by purpose and update, so they hold nothing. */
export interface PpoRunState {
  /** Environment steps taken. */
  readonly step: number;
  /** Flat, (P). */
  readonly weights: tf.Tensor1D;
  readonly moments: AdamMoments;
  readonly environments: EnvironmentStates;
  readonly observationMoments: RunningMoments;
  readonly rewardScale: RewardScale;
  readonly returnMoments: ReturnMoments;
}

/** Reads the state of a run from the engine. */
export async function saveState({
  step,
  weights,
  moments,
  environments,
  observationMoments,
  rewardScale,
  returnMoments,
}: PpoRunState): Promise<SavedState> {
  const { states, elapsed, collected } = environments;
  const rows = (data: Float32Array) => ({ shape: [data.length], data });
  return {
    step,
    numbers: {
      updates: moments.step,
      'observations.count': observationMoments.count,
      ...numbered('observations.mean', observationMoments.mean),
      ...numbered('observations.variance', observationMoments.variance),
      'rewards.count': rewardScale.moments.count,
      ...numbered('rewards.mean', rewardScale.moments.mean),
      ...numbered('rewards.variance', rewardScale.moments.variance),
      ...numbered('rewards.discounted', rewardScale.discounted),
      'returns.weight': returnMoments.weight,
      ...numbered('returns.first', returnMoments.first),
      ...numbered('returns.second', returnMoments.second),
    },
    tensors: {
      weights: await saveTensor(weights),
      firstMoment: await saveTensor(moments.firstMoment),
      secondMoment: await saveTensor(moments.secondMoment),
      states: rows(states),
      elapsed: rows(elapsed),
      collected: rows(collected),
    },
  };
}

/** Moments are in double precision, which tensors are not. */
function numbered(name: string, values: Float64Array): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from(values, (value, index) => [`${name}.${index}`, value]));
}

/**
 * The state that was saved, on the engine; the caller owns its tensors.
 *
 * @throws InputError `state-unusable` when it is not that of a run with this configuration; no tensor is then made.
 */
export function restoreState(
  saved: SavedState,
  { environments: count, network }: PpoConfiguration,
  environment: Environment,
): PpoRunState {
  const sizes = sizesOf(environment);
  const size = ppoShapes(sizes, network).reduce(
    (total, shape) => total + shape.reduce((product, length) => product * length, 1),
    0,
  );
  const tensor = (name: string, length: number): Float32Array =>
    Float32Array.from(tensorIn(saved, name, length).data);
  const numbers = (name: string, length: number): Float64Array =>
    Float64Array.from({ length }, (_, index) => numberIn(saved, `${name}.${index}`));
  const [weights, firstMoment, secondMoment] = ['weights', 'firstMoment', 'secondMoment'].map((name) =>
    tensor(name, size),
  ) as [Float32Array, Float32Array, Float32Array];
  const { observations, rewards } = sizes;
  const rest = {
    step: saved.step,
    environments: {
      states: tensor('states', count * environment.stateSize),
      elapsed: tensor('elapsed', count),
      collected: tensor('collected', count * rewards),
    },
    observationMoments: {
      count: numberIn(saved, 'observations.count'),
      mean: numbers('observations.mean', observations),
      variance: numbers('observations.variance', observations),
    },
    rewardScale: {
      moments: {
        count: numberIn(saved, 'rewards.count'),
        mean: numbers('rewards.mean', 1),
        variance: numbers('rewards.variance', 1),
      },
      discounted: numbers('rewards.discounted', count),
    },
    returnMoments: {
      weight: numberIn(saved, 'returns.weight'),
      first: numbers('returns.first', rewards),
      second: numbers('returns.second', rewards),
    },
  };
  const updates = numberIn(saved, 'updates');
  return {
    ...rest,
    weights: tf.tensor1d(weights),
    moments: {
      firstMoment: tf.tensor1d(firstMoment),
      secondMoment: tf.tensor1d(secondMoment),
      step: updates,
    },
  };
}
