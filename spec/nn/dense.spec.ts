import * as tf from '@tensorflow/tfjs';
import { describe, it } from 'vitest';
import { celu } from '../../src/nn/celu.ts';
import { dense, denseWithActivation } from '../../src/nn/dense.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { expectClose, onWasm, read, readOne } from './on-wasm.ts';

onWasm();

const ROWS = 7;
const INPUTS = 3;
const OUTPUTS = 5;

function matrix(label: string, rows: number, columns: number): tf.Tensor2D {
  const values = normals(streamOf(1).split(label), rows * columns);
  return tf.tensor2d(Float32Array.from(values), [rows, columns]);
}

const layer = (): [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D] => [
  matrix('x', ROWS, INPUTS),
  matrix('kernel', INPUTS, OUTPUTS),
  tf.tensor1d(Float32Array.from(normals(streamOf(1).split('bias'), OUTPUTS))),
];

/** Gradients of Σ cotangent·f in x, kernel and bias. */
function gradients(
  f: (x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D) => tf.Tensor,
): Promise<number[][]> {
  return read(() =>
    tf.grads((x, kernel, bias) => f(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D))(
      layer(),
      matrix('cotangent', ROWS, OUTPUTS),
    ),
  );
}

describe('dense', () => {
  it('is xW + b', async () => {
    const x = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const values = await readOne(() =>
      dense(
        tf.tensor2d(x),
        tf.tensor2d([
          [1, 0.5],
          [-1, 2],
        ]),
        tf.tensor1d([10, 20]),
      ),
    );
    expectClose(values, [9, 24.5, 9, 29.5, 9, 34.5]);
  });

  it('has the gradients that the engine derives by itself', async () => {
    const own = await gradients(dense);
    const engines = await gradients((x, kernel, bias) => tf.add(tf.matMul(x, kernel), bias));
    for (const [index, gradient] of engines.entries()) expectClose(own[index] ?? [], gradient, 1e-5);
  });
});

describe('denseWithActivation', () => {
  it('has the gradients that the engine derives by itself', async () => {
    const own = await gradients((x, kernel, bias) => denseWithActivation(x, kernel, bias, celu));
    const engines = await gradients((x, kernel, bias) => tf.elu(tf.add(tf.matMul(x, kernel), bias)));
    for (const [index, gradient] of engines.entries()) expectClose(own[index] ?? [], gradient, 1e-5);
  });
});
