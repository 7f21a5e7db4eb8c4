import type * as tf from '@tensorflow/tfjs';
import { SuiteError } from '../errors.ts';
import type { Activation } from './activation.ts';
import { dense, denseWithActivation } from './dense.ts';

/** Shapes of the weights of a multilayer perceptron, layer by layer: matrix (in, out), then bias (out). */
export type WeightShapes = readonly (readonly number[])[];

/**
 * Shapes of the weights of a perceptron with these widths, inputs first, outputs last; hidden layers have
 * `sumsPerUnit` columns for each unit.
 *
 * @example weightShapes([9, 5, 2]) // [[9, 5], [5], [5, 2], [2]]
 */
export function weightShapes(widths: readonly number[], sumsPerUnit = 1): WeightShapes {
  return widths.slice(1).flatMap((width, layer) => {
    const sums = layer + 2 < widths.length ? width * sumsPerUnit : width;
    return [[widths[layer] ?? 0, sums], [sums]];
  });
}

/**
 * The number of weights of a perceptron with these widths: Σ (in + 1)·out.
 *
 * @example weightCount([9, 64, 64, 64, 64, 64, 2]) // 17410
 */
export function weightCount(widths: readonly number[], sumsPerUnit = 1): number {
  return weightShapes(widths, sumsPerUnit).reduce(
    (total, shape) => total + shape.reduce((size, length) => size * length, 1),
    0,
  );
}

/**
 * The multilayer perceptron: `activation` after each layer but the last, which is affine. Inputs (R, I) give (R, O).
 * `weights` are the tensors of `weightShapes`, in their order.
 *
 * @throws SuiteError `network-weights` when the list is empty or not made of pairs.
 */
export function perceptron(
  weights: readonly tf.Tensor[],
  inputs: tf.Tensor2D,
  activation: Activation,
): tf.Tensor2D {
  const layers = layersOf(weights);
  return layers.reduce(
    (x, { kernel, bias }, index) =>
      index + 1 < layers.length ? denseWithActivation(x, kernel, bias, activation) : dense(x, kernel, bias),
    inputs,
  );
}

/** Matrix and bias of a layer. */
export interface LayerWeights {
  readonly kernel: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

/**
 * The weights of a perceptron layer by layer.
 *
 * @throws SuiteError `network-weights` when the list is empty or not made of pairs.
 */
export function layersOf(weights: readonly tf.Tensor[]): readonly LayerWeights[] {
  if (weights.length === 0 || weights.length % 2 !== 0) {
    throw new SuiteError({
      code: 'network-weights',
      what: 'a network was given weights that are not pairs of matrix and bias',
      given: `${weights.length} tensors`,
      expected: 'the tensors of weightShapes(widths)',
    });
  }
  return Array.from({ length: weights.length / 2 }, (_, layer) => ({
    // Lists of weights are typed without rank; matMul checks it.
    kernel: weights[2 * layer] as tf.Tensor2D,
    bias: weights[2 * layer + 1] as tf.Tensor1D,
  }));
}
