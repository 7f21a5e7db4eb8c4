import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { tanh } from '../../src/nn/tanh.ts';
import { expectClose, onWasm, read, readOne } from './on-wasm.ts';

onWasm();

const POINTS = [-100, -20, -3, -0.5, -1e-3, 0, 0.25, 1, 8, 100];

describe('tanh', () => {
  it('is the hyperbolic tangent to a few roundings of 1, also far out', async () => {
    const values = await readOne(() => tanh.apply(tf.tensor2d([POINTS])));
    for (const [index, x] of POINTS.entries())
      expect(Math.abs((values[index] ?? Number.NaN) - Math.tanh(x))).toBeLessThan(4 * 2 ** -23);
  });

  it('has slope 1 − f², found from its value', async () => {
    const [slopes = []] = await read(() => {
      const input = tf.tensor2d([POINTS]);
      return [tanh.gradient(tf.ones([1, POINTS.length]), tanh.apply(input), input)];
    });
    expectClose(
      slopes,
      POINTS.map((x) => 1 - Math.tanh(x) ** 2),
      2e-6,
    );
  });

  it('passes a number on that is none', async () => {
    expect((await readOne(() => tanh.apply(tf.tensor2d([[Number.NaN]]))))[0]).toBeNaN();
  });
});
