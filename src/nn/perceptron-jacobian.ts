import * as tf from '@tensorflow/tfjs';
import type { Activation } from './activation.ts';
import { affine } from './dense.ts';
import { layersOf } from './network.ts';

/** A perceptron evaluated so that it can be differentiated row by row. */
export interface PerceptronPass {
  readonly weights: readonly tf.Tensor[];
  readonly activation: Activation;
  /** What each layer was given, (R, in). */
  readonly inputs: readonly tf.Tensor2D[];
  /** Each layer before its activation, (R, out). */
  readonly sums: readonly tf.Tensor2D[];
  /** (R, O). */
  readonly output: tf.Tensor2D;
}

/** Evaluates the perceptron at inputs (R, I), and keeps what its Jacobian needs; the surrounding scope owns it all. */
export function perceptronPass(
  weights: readonly tf.Tensor[],
  inputs: tf.Tensor2D,
  activation: Activation,
): PerceptronPass {
  const given: tf.Tensor2D[] = [];
  const sums: tf.Tensor2D[] = [];
  let x = inputs;
  for (const { kernel, bias } of layersOf(weights)) {
    if (sums.length > 0) x = activation.apply(x);
    given.push(x);
    x = affine(x, kernel, bias);
    sums.push(x);
  }
  return { weights, activation, inputs: given, sums, output: x };
}

/**
 * The Jacobian in the weights of numbers that are made of several rows of a perceptron's output each: with
 * R = S·B rows, number i is made of the rows i, B + i, …, (S − 1)·B + i, and `seed` (R, O) holds its derivative in each
 * output. Row i of the result (B, P) is its gradient in all weights, in the order of `weightShapes`.
 *
 * By backpropagation of all rows at once. The gradient of one row in a matrix is the outer product x ⊗ δ of a layer's
 * input and its error, and the sum over the rows of a number is a product of (in, S) by (S, out).
 */
export function perceptronJacobian(
  { weights, activation, inputs, sums }: PerceptronPass,
  seed: tf.Tensor2D,
  batch: number,
): tf.Tensor2D {
  const layers = layersOf(weights);
  const pieces: tf.Tensor2D[] = [];
  let error = seed;
  for (let layer = layers.length - 1; layer >= 0; layer -= 1) {
    const [x, kernel] = [inputs[layer], layers[layer]?.kernel];
    if (x === undefined || kernel === undefined) break;
    pieces.unshift(...layerJacobian(x, error, batch));
    const below = sums[layer - 1];
    if (below !== undefined) error = activation.gradient(backward(error, kernel), x, below);
  }
  return tf.concat2d(pieces, 1);
}

/** Gradients in a matrix (B, in·out) and in its bias (B, out), from the layer's inputs and errors (S·B, …). */
function layerJacobian(x: tf.Tensor2D, error: tf.Tensor2D, batch: number): [tf.Tensor2D, tf.Tensor2D] {
  const [rows, fanIn] = x.shape;
  const fanOut = error.shape[1];
  const parts = rows / batch;
  const given = tf.transpose(tf.reshape(x, [parts, batch, fanIn]), [1, 2, 0]);
  const errors = tf.transpose(tf.reshape(error, [parts, batch, fanOut]), [1, 0, 2]);
  const outer = tf.matMul(given, errors);
  const bias = tf.matMul(tf.ones([1, parts]), tf.reshape(error, [parts, batch * fanOut]));
  return [tf.reshape(outer, [batch, fanIn * fanOut]), tf.reshape(bias, [batch, fanOut])];
}

/** δWᵀ; why wasm is given a transposed matrix is said in dense.ts. */
function backward(error: tf.Tensor2D, kernel: tf.Tensor2D): tf.Tensor2D {
  if (tf.getBackend() === 'wasm') return tf.matMul(error, tf.transpose(kernel));
  return tf.matMul(error, kernel, false, true);
}
