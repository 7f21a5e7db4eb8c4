import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { activate } from '../../src/nn/activate.ts';
import { denseWithActivation } from '../../src/nn/dense.ts';
import { swish } from '../../src/nn/swish.ts';
import { expectClose, onWasm, read, readOne } from './on-wasm.ts';

onWasm();

const POINTS = [-20, -3, -1.2784645, -0.5, 0, 0.5, 2, 20];
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const valueAt = (x: number): number => x * logistic(x);

const input = (): tf.Tensor2D => tf.tensor2d([POINTS]);

describe('swish', () => {
  it('is x over 1 + e⁻ˣ', async () => {
    expectClose(await readOne(() => swish.apply(input())), POINTS.map(valueAt));
  });

  it('has the slope of differences of its closed form, which is 0 at its minimum', async () => {
    const step = 1e-5;
    const slopes = await readOne(() => swish.gradient(tf.onesLike(input()), swish.apply(input()), input()));
    expectClose(
      slopes,
      POINTS.map((x) => (valueAt(x + step) - valueAt(x - step)) / (2 * step)),
    );
    expect(Math.abs(slopes[2] ?? Number.NaN)).toBeLessThan(1e-6);
  });

  it('passes a NaN on', async () => {
    const values = await readOne(() => swish.apply(tf.tensor2d([[Number.NaN, 1]])));
    expect(values[0]).toBeNaN();
  });
});

describe('activate', () => {
  const cotangent = (): tf.Tensor2D => tf.tensor2d([POINTS.map((_, index) => 1 - 0.3 * index)]);

  it('has the value and the gradient of the tape', async () => {
    const [value, expected = [], slope = [], taped = []] = await read(() => {
      const own = tf.grad((x: tf.Tensor) => activate(x as tf.Tensor2D, swish));
      const plain = tf.grad((x: tf.Tensor) => tf.mul(x, tf.sigmoid(x)));
      return [
        activate(input(), swish),
        swish.apply(input()),
        own(input(), cotangent()),
        plain(input(), cotangent()),
      ];
    });
    expect(value).toEqual(expected);
    expectClose(slope, taped);
  });

  it('is what a layer does after its sums', async () => {
    const [slope = [], fused = []] = await read(() => {
      const kernel = tf.tensor2d([
        [1, -2, 0.5],
        [0.25, 3, -1],
      ]);
      const bias = tf.tensor1d([0.1, -0.2, 0.3]);
      const x = tf.tensor2d([
        [1, 2],
        [-1, 0.5],
      ]);
      return [
        tf.grad((k: tf.Tensor) => tf.sum(activate(tf.add(tf.matMul(x, k), bias), swish)))(kernel),
        tf.grad((k: tf.Tensor) => tf.sum(denseWithActivation(x, k as tf.Tensor2D, bias, swish)))(kernel),
      ];
    });
    expectClose(slope, fused);
  });
});
