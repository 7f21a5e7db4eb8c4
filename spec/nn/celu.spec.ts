import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { celu } from '../../src/nn/celu.ts';
import { expectClose, onWasm, read, readOne } from './on-wasm.ts';

onWasm();

describe('celu', () => {
  it('is the identity above 0, and eˣ − 1 below', async () => {
    const values = await readOne(() => celu.apply(tf.tensor2d([[-20, -1, -0, 0.25, 3]])));
    expectClose(values, [-1, -0.6321205588, 0, 0.25, 3]);
  });

  it('has slope 1 above 0 and eˣ below, found from its value', async () => {
    const x = [-3, -1, -0.5, 0.5, 2];
    const [slopes = []] = await read(() => {
      const input = tf.tensor2d([x]);
      return [celu.gradient(tf.ones([1, x.length]), celu.apply(input), input)];
    });
    expectClose(slopes, [0.0497870684, 0.3678794412, 0.6065306597, 1, 1]);
  });

  it('passes a non-finite input on', async () => {
    const values = await readOne(() => celu.apply(tf.tensor2d([[Number.NaN, Infinity]])));
    expect(values[0]).toBeNaN();
    expect(values[1]).toBe(Infinity);
  });
});
