import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { Primitive } from '../../../src/verification/contracts/index.ts';

export type Matrix = readonly (readonly Bounded[])[];

/** The value of a primitive and the gradient of Σ cotangent·value in each input. */
export interface Oracle {
  readonly value: Matrix;
  readonly gradients: readonly Matrix[];
}

type OracleOf = (arithmetic: RunningError, inputs: readonly Matrix[], cotangent: Matrix) => Oracle;

/** Float64 derivations of every primitive, with running error bounds. Products of a gradient may be formed in any order. */
export const ORACLES: Readonly<Record<Primitive, OracleOf>> = {
  add: (a, [x = [], y = []], g) => ({ value: zip(x, y, (p, q) => a.sum([p, q])), gradients: [g, g] }),
  mul: (a, [x = [], y = []], g) => ({
    value: zip(x, y, a.mul),
    gradients: [zip(g, y, a.mul), zip(g, x, a.mul)],
  }),
  div: (a, [x = [], y = []], g) => ({
    value: zip(x, y, a.div),
    gradients: [
      zip(g, y, (slope, q) => a.div(slope, q)),
      // −g·x/y², whatever is multiplied or divided first.
      zip(zip(g, x, a.mul), y, (numerator, q) => a.neg(a.div(numerator, a.mul(q, q)))),
    ],
  }),
  matMul: (a, [x = [], y = []], g) => ({
    value: product(a, x, y),
    gradients: [product(a, g, transpose(y)), product(a, transpose(x), g)],
  }),
  sum: (a, [x = []], g) => ({
    value: x.map((row) => [a.sum(row)]),
    gradients: [x.map((row, index) => row.map(() => first(g, index)))],
  }),
  mean: (a, [x = []], g) => ({
    value: x.map((row) => [meanOf(a, row)]),
    gradients: [
      x.map((row, index) => row.map(() => a.mul(first(g, index), a.div(a.exact(1), a.exact(row.length))))),
    ],
  }),
  exp: unary(
    (a, x) => a.exp(x),
    (a, x) => a.exp(x),
  ),
  log: unary(
    (a, x) => a.log(x),
    (a, x) => a.div(a.exact(1), x),
  ),
  // 1 − tanh² and σ(1 − σ) cancel at large arguments; the bound follows the formula that engines use.
  tanh: unary(
    (a, x) => a.tanh(x),
    (a, x) => {
      const y = a.tanh(x);
      return a.sub(a.exact(1), a.mul(y, y));
    },
  ),
  sigmoid: unary(
    (a, x) => a.sigmoid(x),
    (a, x) => {
      const y = a.sigmoid(x);
      return a.mul(y, a.sub(a.exact(1), y));
    },
  ),
  sqrt: unary(
    (a, x) => a.sqrt(x),
    (a, x) => a.div(a.exact(0.5), a.sqrt(x)),
  ),
  celu: unary(celu, celuSlope),
};

/**
 * x for x > 0, exp(x) − 1 below. An engine may subtract 1 from exp(x), which loses digits near 0. Where the bound of x
 * reaches over the kink, the engine may be on either branch, and both bounds count.
 */
export function celu(a: RunningError, x: Bounded): Bounded {
  if (x.value - x.bound > 0) return x;
  const below = a.sub(a.exp(x), a.exact(1));
  if (x.value + x.bound <= 0) return below;
  return { value: x.value > 0 ? x.value : below.value, bound: x.bound + below.bound };
}

/** 1 for x > 0, exp(x) below; code that keeps only the output computes it as output + 1. */
export function celuSlope(a: RunningError, x: Bounded): Bounded {
  return x.value - x.bound > 0 ? a.exact(1) : a.sum([celu(a, x), a.exact(1)]);
}

/** Rows of x by columns of y. */
export function product(a: RunningError, x: Matrix, y: Matrix): Matrix {
  const columns = transpose(y);
  return x.map((row) => columns.map((column) => a.dot(row, column)));
}

export function transpose(x: Matrix): Matrix {
  return (x[0] ?? []).map((_, column) => x.map((row) => row[column] ?? NOT_A_NUMBER));
}

/** Element by element over two matrices of one shape. */
export function zip(x: Matrix, y: Matrix, join: (p: Bounded, q: Bounded) => Bounded): Matrix {
  return x.map((row, i) => row.map((value, j) => join(value, y[i]?.[j] ?? NOT_A_NUMBER)));
}

const NOT_A_NUMBER: Bounded = { value: Number.NaN, bound: Number.NaN };

function unary(
  value: (a: RunningError, x: Bounded) => Bounded,
  slope: (a: RunningError, x: Bounded) => Bounded,
): OracleOf {
  return (a, [x = []], g) => ({
    value: x.map((row) => row.map((element) => value(a, element))),
    gradients: [zip(g, x, (cotangent, element) => a.mul(cotangent, slope(a, element)))],
  });
}

function meanOf(a: RunningError, row: readonly Bounded[]): Bounded {
  return a.mul(a.sum(row), a.div(a.exact(1), a.exact(row.length)));
}

function first(matrix: Matrix, row: number): Bounded {
  return matrix[row]?.[0] ?? NOT_A_NUMBER;
}
