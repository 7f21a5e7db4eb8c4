import * as tf from '@tensorflow/tfjs';
import type { ElementaryFunction, FunctionError } from '../numerics/arithmetic.ts';
import { ELEMENTARY } from './elementary-functions.ts';
import { ROUNDOFF, SMALLEST_NORMAL } from './float32.ts';

/** What a function returned at one point, and what it should have. */
export interface FunctionPoint {
  readonly exact: number;
  readonly computed: number;
}

/**
 * The grid cannot hit the worst point of a function. Over every 13th single-precision number, functions of wasm were
 * wrong by up to 1.5 times what the grid shows (tanh: 2.75 u at 0.5508, where the grid sees 1.84 u).
 */
const SAFETY = 2;

/** A relative error above this (5 bits) says that the function is wrong by an amount, and not by a share. */
const POOR_RELATIVE = 32 * ROUNDOFF;

/** Runs an elementary function on the current engine over its grid. */
export async function evaluateOnGrid(name: ElementaryFunction): Promise<readonly FunctionPoint[]> {
  const { computed, exact, arguments: grid } = ELEMENTARY[name];
  const result = tf.tidy(() =>
    computed(tf.tensor1d(grid.map(([x]) => x)), tf.tensor1d(grid.map(([, y]) => y))),
  );
  try {
    const values = await result.data();
    return grid.map(([x, y], index) => ({ exact: exact(x, y), computed: values[index] ?? Number.NaN }));
  } finally {
    result.dispose();
  }
}

/**
 * The smallest error of the form |computed − f| ≤ relative·|f| + absolute that covers these points, times two for the
 * points between them. `absolute` is fitted to what `relative` leaves of the points near a zero of f (|f| ≤ 1) whose
 * relative error is large, and is 0 for any good implementation. Results that underflow are judged by
 * `underflowError`. A value that is not finite makes the error `NaN` or infinite: nothing is assured then.
 */
export function fitError(points: readonly FunctionPoint[]): FunctionError {
  const normal = points.filter(({ exact }) => Math.abs(exact) >= SMALLEST_NORMAL);
  const byAmount = (point: FunctionPoint): boolean =>
    Math.abs(point.exact) <= 1 && shareOf(point) > POOR_RELATIVE;
  const relative = largest(normal.filter((point) => !byAmount(point)).map(shareOf));
  const left = normal.filter(byAmount).map((point) => errorOf(point) - relative * Math.abs(point.exact));
  return { relative: SAFETY * relative, absolute: SAFETY * largest(left) };
}

/** Largest error among results that are below the smallest normal number, 0 for none. */
export function underflowError(points: readonly FunctionPoint[]): number {
  return largest(points.filter(({ exact }) => Math.abs(exact) < SMALLEST_NORMAL).map(errorOf));
}

function errorOf({ exact, computed }: FunctionPoint): number {
  return Math.abs(computed - exact);
}

function shareOf(point: FunctionPoint): number {
  return errorOf(point) / Math.abs(point.exact);
}

/** At least 0; NaN if any number is. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, next) => Math.max(most, next), 0);
}
