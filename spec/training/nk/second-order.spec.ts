import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { SubjectError } from '../../../src/errors.ts';
import type { NkKit } from '../../../src/models/nk/index.ts';
import { evaluateNk, nkKit, parseNkConfiguration } from '../../../src/models/nk/index.ts';
import type { SavedState } from '../../../src/models/saved-state.ts';
import type { NkObservation } from '../../../src/training/index.ts';
import { recordReads, trainNk } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';

onWasm();

const configuration = parseNkConfiguration({
  batch: 150,
  network: { hidden: [6, 6], activation: 'gated', unit: 'ergodic', outputScale: 1 },
  loss: { reduction: 'mean' },
  expectation: { rule: 'gauss-hermite', nodes: 3 },
  procedure: { state: 'uniform', gradientSteps: 1 },
  optimiser: { rule: 'levenberg-marquardt' },
  iterations: 60,
});

describe('training by Levenberg and Marquardt', () => {
  it('comes near the closed form in 60 steps', async () => {
    const { weights, log } = await trainNk({ kit: nkKit, configuration, seed: 1, logEvery: 1 });
    // The row of a rule without a learning rate has none, and not 0.
    expect(Object.keys(log[0] ?? {})).not.toContain('learningRate');
    expect(log[0]).toMatchObject({ damping: 0.5, accepted: 1 });
    const { prior } = await evaluateNk({ kit: nkKit, configuration, weights, seed: 1, samples: 500 });
    expect(log[0]?.total).toBeGreaterThan(1e3 * (log.at(-1)?.total ?? Infinity));
    // An untrained policy is 100 % off; 60 steps of AdamW leave more than 80 %.
    expect(prior.output.rootMeanSquare).toBeLessThan(0.2);
    expect(prior.inflation.rootMeanSquare).toBeLessThan(0.1);
  });

  it('goes on from a saved state, bit for bit', async () => {
    const saved: SavedState[] = [];
    const task = { kit: nkKit, configuration, seed: 1, maximumSteps: 6 };
    const whole = await trainNk(task);
    await trainNk({
      ...task,
      maximumSteps: 3,
      onCheckpoint: (state) => {
        saved.push(state);
      },
    });
    const [resumeFrom] = saved;
    if (resumeFrom === undefined) throw new Error('nothing was saved');
    const resumed = await trainNk({ ...task, resumeFrom });
    expect(resumed.weights).toEqual(whole.weights);
  });

  it('holds as many tensors after every step, and keeps the weights of a step that is rejected', async () => {
    const kit: NkKit = {
      ...nkKit,
      dampedStep: async ({ sumOfSquares }, damping) => ({
        step: undefined,
        sumOfSquares,
        damping: 2 * damping,
        attempts: 1,
        gainRatio: 0,
      }),
    };
    const seen: NkObservation[] = [];
    const first = await trainNk({
      kit,
      configuration,
      seed: 1,
      maximumSteps: 4,
      onStep: (observation) => {
        seen.push(observation);
      },
    });
    expect(new Set(seen.map(({ memory }) => memory.tensors)).size).toBe(1);
    expect(seen.map(({ accepted, damping }) => [accepted, damping])).toEqual([
      [false, 2],
      [false, 4],
      [false, 8],
      [false, 16],
    ]);
    expect(first.weights).toEqual((await trainNk({ kit, configuration, seed: 1, maximumSteps: 1 })).weights);
  });

  it('reads every key of the configuration', async () => {
    const record = recordReads(configuration);
    const kit: NkKit = { ...nkKit, readConfiguration: () => record.configuration };
    await trainNk({ kit, configuration, seed: 1, maximumSteps: 2 });
    const unread = record.declared.filter((key) => !record.read().includes(key));
    expect(unread).toEqual([]);
  });

  it('stops at derivatives that are not numbers, and keeps no tensor', async () => {
    const kit: NkKit = {
      ...nkKit,
      linearise: (...task) => {
        const made = nkKit.linearise(...task);
        return { ...made, jacobian: tf.mul(made.jacobian, Number.NaN) };
      },
    };
    const run = trainNk({ kit, configuration, seed: 1, maximumSteps: 3 });
    await expect(run).rejects.toThrow(SubjectError);
    await expect(run).rejects.toThrow(/non-finite-derivatives/);
  });
});
