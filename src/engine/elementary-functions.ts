import * as tf from '@tensorflow/tfjs';
import type { ElementaryFunction } from '../numerics/arithmetic.ts';
import { aroundOne, byMagnitude, evenly } from './arguments.ts';

/** An elementary function as the engine computes it, its value in double precision, and where it is tried. */
export interface ElementaryCase {
  readonly computed: (x: tf.Tensor1D, y: tf.Tensor1D) => tf.Tensor;
  /** Within a few units in the last place of double precision: exact beside the errors that are measured. */
  readonly exact: (x: number, y: number) => number;
  /** Arguments (x, y); y is used by `pow` alone. Results reach up to 2¹²⁷, and down below the smallest normal number. */
  readonly arguments: readonly (readonly [x: number, y: number])[];
}

/** Points of a stretch of arguments: a few thousand in all, so that an engine is measured in milliseconds. */
const POINTS = 512;

export const ELEMENTARY: Readonly<Record<ElementaryFunction, ElementaryCase>> = {
  exp: {
    computed: (x) => tf.exp(x),
    exact: Math.exp,
    arguments: unary(evenly(-110, 88, 2 * POINTS), evenly(-2, 2, POINTS), signed(-30, 0)),
  },
  expm1: {
    computed: (x) => tf.expm1(x),
    exact: Math.expm1,
    arguments: unary(evenly(-110, 88, POINTS), evenly(-2, 2, 2 * POINTS), signed(-60, 0)),
  },
  log: {
    computed: (x) => tf.log(x),
    exact: Math.log,
    arguments: unary(byMagnitude(-126, 127, 2 * POINTS), evenly(0.25, 4, POINTS), aroundOne(-23, -1, POINTS)),
  },
  sqrt: {
    computed: (x) => tf.sqrt(x),
    exact: Math.sqrt,
    arguments: unary(byMagnitude(-126, 127, 2 * POINTS), evenly(0.25, 4, POINTS)),
  },
  tanh: {
    computed: (x) => tf.tanh(x),
    exact: Math.tanh,
    arguments: unary(evenly(-12, 12, 2 * POINTS), evenly(-2, 2, POINTS), signed(-60, 6)),
  },
  sigmoid: {
    computed: (x) => tf.sigmoid(x),
    exact: (x) => 1 / (1 + Math.exp(-x)),
    arguments: unary(evenly(-104, 104, 2 * POINTS), evenly(-6, 6, POINTS), signed(-30, 0)),
  },
  pow: {
    computed: (x, y) => tf.pow(x, y),
    exact: Math.pow,
    arguments: [
      ...pairs(byMagnitude(-12, 12, 2 * POINTS), evenly(-10, 10, 2 * POINTS)),
      ...pairs(aroundOne(-10, -1, POINTS), evenly(-60, 60, 2 * POINTS)),
      // Exponents that implementations treat on their own.
      ...[-2, -1, -0.5, 0.5, 1, 2, 3].flatMap((y) =>
        byMagnitude(-12, 12, POINTS / 8).map((x) => [x, y] as const),
      ),
    ],
  },
};

function unary(...stretches: readonly (readonly number[])[]): readonly (readonly [number, number])[] {
  return stretches.flat().map((x) => [x, 0] as const);
}

function signed(low: number, high: number): readonly number[] {
  return [...byMagnitude(low, high, POINTS / 2), ...byMagnitude(low, high, POINTS / 2, -1)];
}

/** The second list is walked backwards: both come from one sequence, and would rise and fall together. */
function pairs(first: readonly number[], second: readonly number[]): readonly (readonly [number, number])[] {
  return first.map((x, index) => [x, second[second.length - 1 - index] ?? 0] as const);
}
