import * as tf from '@tensorflow/tfjs';
import { describe, it } from 'vitest';
import type { Activation } from '../../src/nn/activation.ts';
import { celu } from '../../src/nn/celu.ts';
import { flatten, unflatten } from '../../src/nn/flat.ts';
import { gated } from '../../src/nn/gated.ts';
import { uniformWeights } from '../../src/nn/initialisers.ts';
import { perceptron, weightShapes } from '../../src/nn/network.ts';
import { perceptronJacobian, perceptronPass } from '../../src/nn/perceptron-jacobian.ts';
import { streamOf } from '../../src/numerics/stream.ts';
import { expectClose, onWasm, read } from './on-wasm.ts';

onWasm();

const WIDTHS = [3, 5, 4, 2];
const BATCH = 3;
const PARTS = 2;

describe('perceptronJacobian', () => {
  it.each<[string, Activation]>([
    ['celu', celu],
    ['gated', gated],
  ])('has in row i the gradient of number i, by the tape: %s', async (_, activation) => {
    const [jacobian = [], byTape = []] = await read(() => {
      const flat = tf.tensor1d(uniformWeights(streamOf(1), WIDTHS, activation.sumsPerUnit));
      const weights = unflatten(flat, weightShapes(WIDTHS, activation.sumsPerUnit));
      const inputs = tf.randomNormal<tf.Rank.R2>([PARTS * BATCH, 3], 0, 1, 'float32', 5);
      const seed = tf.randomNormal<tf.Rank.R2>([PARTS * BATCH, 2], 0, 1, 'float32', 6);
      const numbers = (...list: tf.Tensor[]): tf.Tensor2D => {
        const products = tf.sum(tf.mul(perceptron(list, inputs, activation), seed), 1);
        return tf.reshape(products, [PARTS, BATCH]);
      };
      const rows = Array.from({ length: BATCH }, (__, index) => {
        const number = (...list: tf.Tensor[]): tf.Scalar =>
          tf.sum(tf.slice(numbers(...list), [0, index], [PARTS, 1]));
        return flatten(tf.grads(number)(weights));
      });
      return [perceptronJacobian(perceptronPass(weights, inputs, activation), seed, BATCH), tf.stack(rows)];
    });
    expectClose(jacobian, byTape, 1e-5);
  });

  it('evaluates the network that the other path does', async () => {
    const [pass = [], plain = []] = await read(() => {
      const weights = unflatten(tf.tensor1d(uniformWeights(streamOf(2), WIDTHS)), weightShapes(WIDTHS));
      const inputs = tf.randomNormal<tf.Rank.R2>([7, 3], 0, 1, 'float32', 7);
      return [perceptronPass(weights, inputs, celu).output, perceptron(weights, inputs, celu)];
    });
    expectClose(pass, plain, 0);
  });
});
