import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { crossSectionSize, features } from '../../../../src/models/bewley/index.ts';
import { expectClose, onWasm, readOne } from '../../../nn/on-wasm.ts';
import { economy } from '../presets.ts';

onWasm();

describe('features', () => {
  it('are wealth, ability and their logarithms, finite at the borrowing limit', async () => {
    const values = await readOne(() =>
      features(
        { wealth: tf.tensor2d([[0, 4]]), ability: tf.tensor2d([[1, Math.E]]), star: tf.zeros([1, 2]) },
        economy('initial.wealth.mean=50'),
      ),
    );
    expectClose(values, [0, 1, 0, 0, 4, Math.E, Math.log(5), 1]);
  });
});

describe('crossSectionSize', () => {
  it('does not grow with the agents but where each is told of', () => {
    const size = (distribution: string, agents: number): number =>
      crossSectionSize(economy(`network.distribution=${distribution}`).network, agents);
    expect([size('moments', 10), size('moments', 800)]).toEqual([9, 9]);
    expect([size('deep-sets', 10), size('deep-sets', 800)]).toEqual([32, 32]);
    expect([size('ordered', 10), size('ordered', 800)]).toEqual([20, 1600]);
  });
});
