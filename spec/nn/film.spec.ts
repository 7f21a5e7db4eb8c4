import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { dense } from '../../src/nn/dense.ts';
import { modulated } from '../../src/nn/film.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { expectClose, onWasm, read } from './on-wasm.ts';

onWasm();

const [ROWS, INPUTS, OUTPUTS, CONDITION] = [7, 3, 5, 2];

function matrix(label: string, rows: number, columns: number): tf.Tensor2D {
  const values = normals(streamOf(1).split(label), rows * columns);
  return tf.tensor2d(Float32Array.from(values), [rows, columns]);
}

const layer = () => ({
  kernel: matrix('kernel', INPUTS, OUTPUTS),
  bias: tf.tensor1d(Float32Array.from(normals(streamOf(1).split('bias'), OUTPUTS))),
});
const condition = (): tf.Tensor2D => matrix('condition', 1, CONDITION);

describe('modulated', () => {
  /** (1 + γ) ⊙ (xW + b) + β, in the order of the definition. */
  const afterwards = (x: tf.Tensor2D, modulation: tf.Tensor2D): tf.Tensor => {
    const { kernel, bias } = layer();
    const [gain, shift] = tf.split(tf.matMul(condition(), modulation), 2, 1) as [tf.Tensor, tf.Tensor];
    return tf.add(tf.mul(tf.add(gain, 1), tf.add(tf.matMul(x, kernel), bias)), shift);
  };
  const before = (x: tf.Tensor2D, modulation: tf.Tensor2D): tf.Tensor => {
    const { kernel, bias } = modulated(layer(), condition(), modulation);
    return dense(x, kernel, bias);
  };

  it('is the modulation applied after the layer, in value and in gradient', async () => {
    const [one = [], other = [], slope = [], expected = []] = await read(() => {
      const [x, modulation] = [matrix('x', ROWS, INPUTS), matrix('modulation', CONDITION, 2 * OUTPUTS)];
      const gradient = (f: typeof before): tf.Tensor =>
        tf.grad((m: tf.Tensor) => tf.sum(tf.square(f(x, m as tf.Tensor2D))))(modulation);
      return [before(x, modulation), afterwards(x, modulation), gradient(before), gradient(afterwards)];
    });
    expectClose(one, other, 1e-5);
    expectClose(slope, expected, 1e-5);
  });

  it('at modulation 0 leaves the layer as it was, bit for bit, and has a slope there', async () => {
    const [kernel, bias, kernelBefore, biasBefore, slope = []] = await read(() => {
      const none = tf.zeros<tf.Rank.R2>([CONDITION, 2 * OUTPUTS]);
      const made = modulated(layer(), condition(), none);
      const x = matrix('x', ROWS, INPUTS);
      const gradient = tf.grad((m: tf.Tensor) => tf.sum(tf.square(before(x, m as tf.Tensor2D))))(none);
      return [made.kernel, made.bias, layer().kernel, layer().bias, gradient];
    });
    expect(kernel).toEqual(kernelBefore);
    expect(bias).toEqual(biasBefore);
    expect(slope.every((value) => value !== 0)).toBe(true);
  });
});
