import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { requireSame } from '../../../src/engine/graph/same.ts';
import { onWasm } from '../../nn/on-wasm.ts';

onWasm();

describe('requireSame', () => {
  const held = async (one: number[], other: number[], shape = [other.length]): Promise<void> => {
    const expected = tf.tensor(one);
    try {
      await requireSame({ x: expected }, { x: tf.tensor(other, shape) });
    } finally {
      expected.dispose();
    }
  };

  it('allows roundings of the largest element, and the same that is not finite', async () => {
    await held([1, 1000, Infinity, NaN], [1.5, 1000.1, Infinity, NaN]);
  });

  it.each<[string, number[], number[], number[]?]>([
    ['another number', [1, 1000], [3, 1000]],
    ['one that is not finite', [1, 2], [1, NaN]],
    ['another shape', [1, 2], [1, 2], [2, 1]],
  ])('refuses %s', async (_, one, other, shape) => {
    await expect(held(one, other, shape)).rejects.toThrow('graph-differs');
  });
});
