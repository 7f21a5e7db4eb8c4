import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { flatten, unflatten } from '../../src/nn/flat.ts';
import { onWasm, readOne } from './on-wasm.ts';

onWasm();

describe('flatten', () => {
  it('joins tensors in order, each row-major', async () => {
    const values = await readOne(() =>
      flatten([
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
        tf.tensor1d([5]),
      ]),
    );
    expect(values).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('unflatten', () => {
  it('undoes flatten', async () => {
    const values = await readOne(() => flatten(unflatten(tf.range(0, 11), [[2, 3], [3], [2]])));
    expect(values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('gives each tensor its shape', () => {
    const shapes = tf.tidy(() => unflatten(tf.range(0, 8), [[2, 3], [2]]).map((tensor) => tensor.shape));
    expect(shapes).toEqual([[2, 3], [2]]);
  });
});
