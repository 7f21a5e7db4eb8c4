import * as tf from '@tensorflow/tfjs';
import type { Bounded, RunningError } from '../numerics/running-error.ts';
import type { Stream } from '../numerics/stream.ts';

/** Rows of numbers that the engine and the oracle are both given, exact in single precision. */
type Rows = readonly (readonly number[])[];
type BoundedRows = readonly (readonly Bounded[])[];

/** What the engine makes of some numbers, and what it should, element by element with its forward-error bound. */
export interface PrimitiveCheck {
  readonly name: string;
  readonly computed: () => tf.Tensor;
  readonly oracle: (arithmetic: RunningError) => BoundedRows;
}

/** Sizes are pairwise different and no multiples of 4, so that nothing right comes of a wrong layout. */
const [BATCH, INNER, OUT] = [13, 37, 11];

/**
 * The primitives of trainers, on numbers of a fixed stream. Each oracle is the definition on plain arrays; the gradient
 * is that of Σ w·tanh(x·W + b) in W and b, written down by hand.
 */
export function primitiveChecks(stream: Stream): readonly PrimitiveCheck[] {
  const draw = (label: string, rows: number, columns: number, low = -2, high = 2): Rows => {
    const source = stream.split(label);
    const number = (): number => Math.fround(low + (high - low) * source.uniform());
    return Array.from({ length: rows }, () => Array.from({ length: columns }, number));
  };
  const x = draw('x', BATCH, INNER);
  const weights = draw('weights', INNER, OUT, -0.2, 0.2);
  const bias = draw('bias', 1, OUT);
  const cotangent = draw('cotangent', BATCH, OUT);
  const positive = draw('positive', BATCH, OUT, 0.05, 8);
  const picked = [4, 0, 4, 12, 7];

  const dense = (kernel: tf.Tensor, shift: tf.Tensor): tf.Tensor =>
    tf.tanh(tf.add(tf.matMul(tensor(x), kernel), shift));
  const gradients = (): readonly tf.Tensor[] =>
    tf.grads((kernel: tf.Tensor, shift: tf.Tensor) =>
      tf.sum(tf.mul(dense(kernel, shift), tensor(cotangent))),
    )([tensor(weights), tensor(bias)]);
  const denseOracle = (a: RunningError): BoundedRows =>
    zip(product(a, exact(a, x), exact(a, weights)), repeat(exact(a, bias), BATCH), (z, b) =>
      a.tanh(a.add(z, b)),
    );
  /** w·(1 − tanh²). */
  const slopeOracle = (a: RunningError): BoundedRows =>
    zip(denseOracle(a), exact(a, cotangent), (y, w) => a.mul(w, a.sub(a.exact(1), a.mul(y, y))));

  return [
    {
      name: 'matMul',
      computed: () => tf.matMul(tensor(x), tensor(weights)),
      oracle: (a) => product(a, exact(a, x), exact(a, weights)),
    },
    {
      name: 'matMul of transposes',
      computed: () => tf.matMul(tensor(weights), tensor(x), true, true),
      oracle: (a) => transpose(product(a, exact(a, x), exact(a, weights))),
    },
    {
      name: 'transpose',
      computed: () => tf.transpose(tensor(x)),
      oracle: (a) => transpose(exact(a, x)),
    },
    {
      name: 'add and mul with broadcasting',
      computed: () => tf.mul(tf.add(tensor(cotangent), tensor(bias)), tensor(bias)),
      oracle: (a) => zip(exact(a, cotangent), repeat(exact(a, bias), BATCH), (c, b) => a.mul(a.add(c, b), b)),
    },
    elementwise('exp', x, tf.exp, (a, e) => a.exp(e)),
    elementwise('log', positive, tf.log, (a, e) => a.log(e)),
    elementwise('tanh', x, tf.tanh, (a, e) => a.tanh(e)),
    {
      name: 'sum over an axis',
      computed: () => tf.sum(tensor(x), 0),
      oracle: (a) => [transpose(exact(a, x)).map((column) => a.sum(column))],
    },
    {
      name: 'gather',
      computed: () => tf.gather(tensor(x), tf.tensor1d(picked, 'int32')),
      oracle: (a) =>
        exact(
          a,
          picked.map((row) => x[row] ?? []),
        ),
    },
    {
      name: 'slice and concat',
      computed: () =>
        tf.concat(
          [tf.slice(tensor(x), [2, 3], [BATCH - 2, 5]), tf.slice(tensor(cotangent), [1, 1], [BATCH - 2, 6])],
          1,
        ),
      oracle: (a) =>
        exact(
          a,
          x.slice(2).map((row, index) => [...row.slice(3, 8), ...(cotangent[index + 1] ?? []).slice(1, 7)]),
        ),
    },
    {
      name: 'dense layer',
      computed: () => dense(tensor(weights), tensor(bias)),
      oracle: denseOracle,
    },
    {
      name: 'gradient of a dense layer in its kernel',
      computed: () => gradients()[0] ?? tf.tensor([]),
      oracle: (a) => product(a, transpose(exact(a, x)), slopeOracle(a)),
    },
    {
      name: 'gradient of a dense layer in its bias',
      computed: () => gradients()[1] ?? tf.tensor([]),
      oracle: (a) => [transpose(slopeOracle(a)).map((column) => a.sum(column))],
    },
  ];
}

function elementwise(
  name: string,
  input: Rows,
  computed: (x: tf.Tensor) => tf.Tensor,
  oracle: (arithmetic: RunningError, x: Bounded) => Bounded,
): PrimitiveCheck {
  return {
    name,
    computed: () => computed(tensor(input)),
    oracle: (arithmetic) => exact(arithmetic, input).map((row) => row.map((x) => oracle(arithmetic, x))),
  };
}

function tensor(rows: Rows): tf.Tensor2D {
  return tf.tensor2d(rows.map((row) => [...row]));
}

function exact(arithmetic: RunningError, rows: Rows): BoundedRows {
  return rows.map((row) => row.map((x) => arithmetic.exact(x)));
}

function product(arithmetic: RunningError, left: BoundedRows, right: BoundedRows): BoundedRows {
  const columns = transpose(right);
  return left.map((row) => columns.map((column) => arithmetic.dot(row, column)));
}

function transpose(rows: BoundedRows): BoundedRows {
  return (rows[0] ?? []).map((_, column) => rows.flatMap((row) => row.slice(column, column + 1)));
}

function repeat(rows: BoundedRows, times: number): BoundedRows {
  return Array.from({ length: times }, () => rows.flat());
}

function zip(
  left: BoundedRows,
  right: BoundedRows,
  combine: (l: Bounded, r: Bounded) => Bounded,
): BoundedRows {
  const missing: Bounded = { value: Number.NaN, bound: 0 };
  return left.map((row, i) => row.map((entry, j) => combine(entry, right[i]?.[j] ?? missing)));
}
