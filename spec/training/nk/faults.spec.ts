import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { SubjectError } from '../../../src/errors.ts';
import type { NkKit } from '../../../src/models/nk/index.ts';
import { nkKit } from '../../../src/models/nk/index.ts';
import type { NkLogRow } from '../../../src/training/index.ts';
import { trainNk } from '../../../src/training/index.ts';
import { small, tiny } from './small.ts';
import '@tensorflow/tfjs-backend-wasm';

/*
 * That documented bugs can be had by replacing one function of the kit, and run as far as they did in life. What must
 * find them are the laws; these tests hold the trainer to be breakable.
 */

await tf.setBackend('wasm');

/** A step that turns the state into a column: X (B) less ζ (B, 1) is (B, B). */
const columnTransition: NkKit['transition'] = (kit, zeta, innovation, coefficients) => {
  const next = nkKit.transition(kit, tf.reshape(zeta, [zeta.size]), innovation, coefficients);
  return tf.reshape(next, [next.size, 1]);
};

describe('a step that changes the shape of the state', () => {
  it('is refused by the guard against broadcasting', async () => {
    const kit: NkKit = { ...nkKit, transition: columnTransition };
    const before = tf.memory().numTensors;
    const run = trainNk({ kit, configuration: tiny(), seed: 1, maximumSteps: 11 });
    await expect(run).rejects.toThrow(SubjectError);
    await expect(run).rejects.toThrow(/shape-mismatch/);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('without the guard trains on: one equation holds, the other never, and policies are flat', async () => {
    const kit: NkKit = { ...nkKit, transition: columnTransition, requireSameShape: () => undefined };
    const configuration = small({
      batch: 100,
      loss: { reduction: 'sum' },
      procedure: { state: 'simulated' },
      optimiser: { learningRate: 1e-3 },
    });
    const { log } = await trainNk({ kit, configuration, seed: 1, maximumSteps: 600, logEvery: 5 });
    const late = log.slice(-20);
    const mean = (part: (row: NkLogRow) => number): number =>
      late.reduce((sum, row) => sum + part(row), 0) / late.length;
    // Flat policies leave Σᵢⱼ (ζᵢ/σⱼ)², on average B²·E[sd²]·E[1/σ²] = 1.64, where the correct run is below 0.02.
    expect(mean(({ is }) => is)).toBeGreaterThan(1.2);
    expect(mean(({ phillips }) => phillips) / mean(({ is }) => is)).toBeLessThan(1e-4);
  });
});

describe('tensors that are kept', () => {
  const growthPerStep = async (kit: NkKit): Promise<number> => {
    const tensors: number[] = [];
    await trainNk({
      kit,
      configuration: tiny({ procedure: { gradientSteps: 1 } }),
      seed: 1,
      maximumSteps: 9,
      onStep: ({ memory }) => {
        tensors.push(memory.tensors);
      },
    });
    tf.disposeVariables();
    return ((tensors[8] ?? 0) - (tensors[4] ?? 0)) / 4;
  };

  it.each<[string, Partial<NkKit>]>([
    ['shocks', { commit: (made, shocks) => (tf.keep(shocks), nkKit.commit(made, shocks)) }],
    ['history', { commit: (made, shocks) => (tf.keep(tf.clone(made.total)), nkKit.commit(made, shocks)) }],
    [
      'statistics',
      {
        release: (spent) => {
          const others = Object.entries(spent).filter(([name]) => name !== 'secondMoment');
          nkKit.release(Object.fromEntries(others));
        },
      },
    ],
    ['temporaries', { scope: (body) => body() }],
    [
      'rollout',
      { nextState: (kit, input) => (tf.keep(tf.clone(input.world.zeta)), nkKit.nextState(kit, input)) },
    ],
  ])('%s grow with every step', async (_, fault) => {
    expect(await growthPerStep({ ...nkKit, ...fault })).toBeGreaterThanOrEqual(1);
  });

  it('do not grow without a fault', async () => {
    expect(await growthPerStep(nkKit)).toBe(0);
  });
});
