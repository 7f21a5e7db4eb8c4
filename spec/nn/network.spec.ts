import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { celu } from '../../src/nn/celu.ts';
import { perceptron, weightCount, weightShapes } from '../../src/nn/network.ts';
import { expectClose, onWasm, readOne } from './on-wasm.ts';

onWasm();

describe('weightCount', () => {
  it('is 17,410 for the published policy network', () => {
    expect(weightCount([9, 64, 64, 64, 64, 64, 2])).toBe(17_410);
  });
});

describe('weightShapes', () => {
  it('goes layer by layer, matrix before bias', () => {
    expect(weightShapes([9, 5, 2])).toEqual([[9, 5], [5], [5, 2], [2]]);
  });
});

describe('perceptron', () => {
  it('applies the activation after each layer but the last', async () => {
    // Two units: x and −x. The sum of their activations less 1 is |x| for large x, less e^{−|x|}.
    const values = await readOne(() =>
      perceptron(
        [tf.tensor2d([[1, -1]]), tf.tensor1d([0, 0]), tf.tensor2d([[1], [1]]), tf.tensor1d([-5])],
        tf.tensor2d([[2], [-3], [0]]),
        celu,
      ),
    );
    expectClose(values, [2 - 0.8646647168 - 5, 3 - 0.9502129316 - 5, -5]);
  });

  it('refuses weights that are not pairs', () => {
    expect(() => tf.tidy(() => perceptron([tf.zeros([1, 1])], tf.zeros([1, 1]), celu))).toThrow(
      'network-weights',
    );
  });
});
