import { describe, expect, it } from 'vitest';
import { evaluatePpo } from '../../../src/models/ppo/evaluation/index.ts';
import type { Environment, PpoConfiguration } from '../../../src/models/ppo/index.ts';
import { actWith, forwardOf, ppoKit, sizesOf } from '../../../src/models/ppo/index.ts';
import * as tf from '@tensorflow/tfjs';
import { onWasm } from '../../nn/on-wasm.ts';
import { configuredIn, tiny, train, twoParts } from './small.ts';

onWasm();

/** A configuration that solves a probe within a second. */
function learner(settings: Record<string, unknown> = {}): PpoConfiguration {
  return tiny({
    environments: 8,
    rollout: 4,
    minibatch: 16,
    epochs: 4,
    steps: 32 * 60,
    discount: 0.9,
    network: { hidden: [8] },
    optimiser: { learningRate: 0.02, finalLearningRate: 1e-4 },
    ...settings,
  });
}

/** Values at observations, one row each: (n, C). */
async function valuesAt(
  configuration: PpoConfiguration,
  environment: Environment,
  flat: Float32Array,
  observations: readonly number[],
): Promise<number[]> {
  const sizes = sizesOf(environment);
  const weights = tf.tensor1d(flat);
  const act = actWith(forwardOf(ppoKit, configuration, sizes), weights, sizes);
  const { values } = await act(Float32Array.from(observations));
  weights.dispose();
  return [...values];
}

describe('trainPpo learns', () => {
  it.each(['probe-constant', 'probe-observation', 'probe-delay', 'probe-action', 'probe-both'])(
    '%s: the value of the best policy, and its actions',
    async (name) => {
      const configuration = learner({ environment: { name } });
      const environment = await configuredIn(configuration);
      const { weights, observationMoments, returnMoments } = await train(configuration);
      const { optimum } = await evaluatePpo({
        kit: ppoKit,
        configuration,
        environment,
        weights,
        observationMoments,
        returnMoments,
        seed: 9,
        episodes: 20,
      });
      expect(optimum?.action.shareOther).toBe(0);
      expect(optimum?.value?.meanError).toBeLessThan(0.02);
    },
  );

  it.each(['none', 'popart'])(
    'components by heads of their own, which sum to the head of the total: returns %s',
    async (normalisation) => {
      const configuration = learner({ returns: { normalisation }, policy: { entropy: 0 } });
      const total: Environment = {
        ...twoParts,
        name: 'total',
        rewards: ['total'],
        step: (state, action, rewards, random) => {
          const parts = new Float32Array(2);
          const ended = twoParts.step(state, action, parts, random);
          rewards[0] = (parts[0] ?? NaN) + (parts[1] ?? NaN);
          return ended;
        },
      };
      const read = async (environment: Environment): Promise<number[]> => {
        const run = await train(configuration, { environment });
        const { mean, deviation } = ppoKit.unitsOf(run.returnMoments, configuration.returns);
        const values = await valuesAt(configuration, environment, run.weights, [-1, 1]);
        const heads = environment.rewards.length;
        return values.map((value, at) => (mean[at % heads] ?? NaN) + (deviation[at % heads] ?? NaN) * value);
      };
      const [a = NaN, b = NaN, c = NaN, d = NaN] = await read(twoParts);
      const [low = NaN, high = NaN] = await read(total);
      // Action 1 is best: −.25 and .5, then .25 and 1.5.
      for (const [value, best] of [
        [a, -0.25],
        [b, 0.5],
        [c, 0.25],
        [d, 1.5],
        [low, 0.25],
        [high, 1.75],
      ] as const)
        expect(Math.abs(value - best)).toBeLessThan(0.05);
      expect(Math.abs(a + b - low)).toBeLessThan(0.05);
      expect(Math.abs(c + d - high)).toBeLessThan(0.05);
    },
  );
});
