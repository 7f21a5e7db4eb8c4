import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { parsePpoConfiguration, samplesOf, updatesOf } from '../../../src/models/ppo/index.ts';

describe('parsePpoConfiguration', () => {
  it('is CleanRL’s for CartPole where nothing is said, but for the clipping of the value loss', () => {
    const configuration = parsePpoConfiguration({});
    expect(configuration).toMatchObject({
      environment: { name: 'cart-pole' },
      environments: 4,
      rollout: 128,
      steps: 500_000,
      discount: 0.99,
      lambda: 0.95,
      epochs: 4,
      minibatch: 128,
      standardiseAdvantages: true,
      policy: { clip: 0.2, entropy: 0.01 },
      value: { weight: 0.5, loss: 'squared', clip: 'none' },
      network: { hidden: [64, 64], shared: false },
      optimiser: { learningRate: 2.5e-4, finalLearningRate: 0, epsilon: 1e-5, clipNorm: 0.5 },
    });
    expect([samplesOf(configuration), updatesOf(configuration)]).toEqual([512, 976]);
  });

  it.each([
    [{ minibatch: 100 }, /minibatch[\s\S]*the 512 samples of an update/],
    [{ steps: 511 }, /steps[\s\S]*one update takes 512 steps/],
    [{ rewardWeights: { reward: -1 } }, /rewardWeights/],
    [{ value: { clip: 'batch' } }, /value\.clip/],
    [{ vaule: {} }, /vaule/],
    [{ environment: { name: 'cart-poel' } }, /environment/],
    [{ discount: 1.01 }, /discount/],
  ])('refuses %j, and names the key', (given, message) => {
    expect(() => parsePpoConfiguration(given)).toThrow(InputError);
    expect(() => parsePpoConfiguration(given)).toThrow(message);
  });
});
