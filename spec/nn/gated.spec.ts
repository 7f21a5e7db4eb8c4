import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { gated } from '../../src/nn/gated.ts';
import { denseWithActivation } from '../../src/nn/dense.ts';
import { weightCount, weightShapes } from '../../src/nn/network.ts';
import { expectClose, onWasm, read, readOne } from './on-wasm.ts';

onWasm();

describe('gated', () => {
  it('is the first half of a row, each times the sigmoid of its partner in the second', async () => {
    const values = await readOne(() => gated.apply(tf.tensor2d([[3, -2, 0, Math.log(3)]])));
    expectClose(values, [1.5, -1.5]);
  });

  it('has the gradient of the tape', async () => {
    const [byHand = [], byTape = []] = await read(() => {
      const x = tf.randomNormal<tf.Rank.R2>([5, 6], 0, 1, 'float32', 1);
      const dy = tf.randomNormal<tf.Rank.R2>([5, 3], 0, 1, 'float32', 2);
      const taped = tf.grad((input: tf.Tensor) => tf.sum(tf.mul(dy, gated.apply(input as tf.Tensor2D))));
      return [gated.gradient(dy, gated.apply(x), x), taped(x)];
    });
    expectClose(byHand, byTape);
  });

  it('takes two sums a unit in hidden layers, and one in the last', () => {
    expect(weightShapes([9, 5, 2], gated.sumsPerUnit)).toEqual([[9, 10], [10], [5, 2], [2]]);
    expect(weightCount([9, 12, 12, 12, 12, 2], gated.sumsPerUnit)).toBe(1202);
  });

  it('goes through a layer whose gradient is written by hand', async () => {
    const [byHand = [], byTape = []] = await read(() => {
      const x = tf.randomNormal<tf.Rank.R2>([5, 4], 0, 1, 'float32', 3);
      const kernel = tf.randomNormal<tf.Rank.R2>([4, 6], 0, 1, 'float32', 4);
      const bias = tf.tensor1d([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
      const fused = tf.grad((k: tf.Tensor) =>
        tf.sum(tf.square(denseWithActivation(x, k as tf.Tensor2D, bias, gated))),
      );
      const plain = tf.grad((k: tf.Tensor) =>
        tf.sum(tf.square(gated.apply(tf.add(tf.matMul(x, k as tf.Tensor2D), bias)))),
      );
      return [fused(kernel), plain(kernel)];
    });
    expectClose(byHand, byTape, 1e-5);
  });
});
