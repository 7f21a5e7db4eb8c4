import * as tf from '@tensorflow/tfjs';
import { streamOf } from '../../../numerics/stream.ts';
import type { RunningMoments } from '../../../numerics/running-moments.ts';
import type { Act } from '../act.ts';
import { actWith, forwardOf } from '../act.ts';
import type { PpoConfiguration } from '../configuration.ts';
import type { Environment } from '../environment.ts';
import type { PpoKit } from '../kit.ts';
import { sectionOf } from '../network.ts';
import { likeliestAction } from '../policy-sample.ts';
import { denormaliseBy } from '../popart.ts';
import type { ReturnMoments } from '../return-moments.ts';
import { actionLength, sizesOf } from '../spaces.ts';
import type { OptimumDistance } from './optimum-distance.ts';
import { distanceFrom } from './optimum-distance.ts';
import type { Player } from './play.ts';
import { playEpisodes } from './play.ts';
import type { PlayedSummary } from './summary.ts';
import { summaryOf } from './summary.ts';

/** A trained agent that is to be judged. */
export interface PpoEvaluationInput {
  readonly kit: PpoKit;
  readonly configuration: PpoConfiguration;
  readonly environment: Environment;
  /** Flat, (P). */
  readonly weights: Float32Array;
  readonly observationMoments: RunningMoments;
  readonly returnMoments: ReturnMoments;
  readonly seed: number | string;
  /** Played by each policy. */
  readonly episodes?: number;
}

/** How good an agent is. */
export interface PpoEvaluation {
  readonly episodes: number;
  /** The policy as it was trained, drawing its actions. */
  readonly sampled: PlayedSummary;
  /** Without noise: the likeliest of discrete actions, else the middle of what the policy draws. */
  readonly greedy: PlayedSummary;
  /** Where the best policy is known. */
  readonly optimum?: OptimumDistance;
}

/** Enough for a standard error of a tenth of the deviation between episodes. */
const EPISODES = 100;

/**
 * Plays episodes that training has not seen: with actions drawn, without noise, and, where it is known, with
 * the best ones, all from the same beginnings.
 */
export async function evaluatePpo({
  kit,
  configuration,
  environment: given,
  weights: flat,
  observationMoments,
  returnMoments,
  seed,
  episodes: count = EPISODES,
}: PpoEvaluationInput): Promise<PpoEvaluation> {
  const { discount, shaping, network, observations: normalisation, returns } = configuration;
  // Values are those of all components, shaping included; returns are of the task alone.
  const sizes = sizesOf(kit.withShaping(kit, given, { weight: shaping, discount }));
  const random = streamOf(seed).split('evaluation');
  const weights = tf.tensor1d(flat);
  try {
    const ask = actWith(forwardOf(kit, configuration, sizes), weights, sizes);
    const act: Act = (rows) => ask(kit.normaliseObservations(observationMoments, rows, normalisation));
    const [, to] = sectionOf('policy', sizes, network);
    const logDeviation = sizes.kind === 'discrete' ? new Float32Array(0) : flat.slice(to - sizes.actions, to);
    const width = actionLength(sizes);
    const choosing =
      (rawOf: (parameters: Float32Array, index: number) => Float32Array): Player =>
      async (_, observations) => {
        const { policies } = await act(observations);
        const actions = new Float32Array(count * width);
        for (let index = 0; index < count; index += 1) {
          const parameters = policies.subarray(index * sizes.actions, (index + 1) * sizes.actions);
          actions.set(kit.executedAction(given.actions, rawOf(parameters, index)), index * width);
        }
        return actions;
      };
    const draws = Array.from({ length: count }, (_, index) => random.split('action').split(index));
    const sampling = choosing((parameters, index) => {
      return kit.sampleAction(sizes.kind, { parameters, logDeviation }, draws[index] ?? random).raw;
    });
    const greedy = choosing((parameters) => likeliestAction(sizes.kind, parameters));
    const chance = () => ({ count, discount, random: random.split('environment') });
    const units = kit.unitsOf(returnMoments, returns);
    const optimum = await distanceFrom({
      environment: given,
      greedy,
      valuesAt: async (observations) => {
        const { values } = await act(observations);
        return denormaliseBy(units, values);
      },
      heads: sizes.rewards,
      // Shaping is no part of the value of the task, and of rewards that were scaled on the way the units have changed.
      hasValue: sizes.rewards === given.rewards.length && returns.normalisation !== 'running',
      ...chance(),
    });
    return {
      episodes: count,
      sampled: summaryOf(await playEpisodes(given, sampling, chance()), given.rewards),
      greedy: summaryOf(await playEpisodes(given, greedy, chance()), given.rewards),
      ...(optimum === undefined ? {} : { optimum }),
    };
  } finally {
    weights.dispose();
  }
}
