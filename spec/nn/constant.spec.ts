import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { constant } from '../../src/nn/constant.ts';
import { onWasm, read } from './on-wasm.ts';

onWasm();

describe('constant', () => {
  it('is the identity, with no gradient', async () => {
    const [value, gradient] = await read(() => {
      const x = tf.tensor1d([2, -3]);
      // x · constant(x) has the slope x, where x² has 2x.
      return [constant(x), tf.grad((taped) => tf.mul(taped, constant(taped)))(x)];
    });
    expect(value).toEqual([2, -3]);
    expect(gradient).toEqual([2, -3]);
  });
});
