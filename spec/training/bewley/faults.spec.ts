import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { BewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import { trainBewley } from '../../../src/training/index.ts';
import { tiny } from './small.ts';
import '@tensorflow/tfjs-backend-wasm';

/* That documented bugs can be had by replacing one function of the kit. What must find them are the laws. */

await tf.setBackend('wasm');

const kit = bewleyTrainerKit;

describe('tensors that are kept', () => {
  const growthPerStep = async (fault: Partial<BewleyTrainerKit>): Promise<number> => {
    const tensors: number[] = [];
    await trainBewley({
      kit: { ...kit, ...fault },
      configuration: tiny(),
      seed: 1,
      maximumSteps: 9,
      onStep: ({ memory }) => void tensors.push(memory.tensors),
    });
    return ((tensors[8] ?? 0) - (tensors[4] ?? 0)) / 4;
  };

  it.each<[string, Partial<BewleyTrainerKit>]>([
    ['rollout', { commit: (...task) => (tf.keep(tf.clone(task[1].savings)), kit.commit(...task)) }],
    [
      'statistics of the normaliser',
      {
        releaseStatistics: (past, now) => {
          if (now === undefined) kit.releaseStatistics(past);
        },
      },
    ],
    [
      'moments',
      {
        release: (spent) => {
          const others = Object.entries(spent).filter(([name]) => name !== 'secondMoment');
          kit.release(Object.fromEntries(others));
        },
      },
    ],
    ['temporaries', { scope: (body) => body() }],
  ])('%s grow with every step', async (_, fault) => {
    expect(await growthPerStep(fault)).toBeGreaterThanOrEqual(1);
  });

  it('do not grow without a fault', async () => {
    expect(await growthPerStep({})).toBe(0);
  });
});
