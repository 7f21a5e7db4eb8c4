import { SuiteError } from '../errors.ts';
import type { FunctionError } from './arithmetic.ts';
import type { Bounded, RunningError } from './running-error.ts';
import type { Allowance, NormalRange, Rounding } from './running-rounding.ts';

type Operations = Pick<
  RunningError,
  'exact' | 'rounded' | 'neg' | 'abs' | 'scale' | 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min'
>;

const NO_ERROR: FunctionError = { relative: 0, absolute: 0 };
const NO_ALLOWANCE: Allowance = { oracle: 0, steps: 0 };

/** The four operations, and those that round nothing. */
export function runningOperations({ arithmetic, range, underflow, read, result }: Rounding): Operations {
  const oneRounding: FunctionError = { relative: arithmetic.roundoff, absolute: underflow };
  const isOfFormat = formatTest(arithmetic.roundoff, range);

  const exact = (x: number): Bounded => result(x, 0, NO_ERROR, NO_ALLOWANCE);
  // The sign is a bit of its own: nothing is read as a number.
  const neg = ({ value, bound }: Bounded): Bounded => ({ value: -value, bound });
  const abs = ({ value, bound }: Bounded): Bounded => ({ value: Math.abs(value), bound });

  const add = (p: Bounded, q: Bounded): Bounded => {
    const [x, y] = [read(p), read(q)];
    return result(x.value + y.value, x.bound + y.bound, oneRounding);
  };

  const mul = (p: Bounded, q: Bounded): Bounded => {
    const [x, y] = [read(p), read(q)];
    return result(x.value * y.value, productError(x, y), oneRounding);
  };

  /** x̂/ŷ − x/y = ((x̂ − x) − (x/y)(ŷ − y))/ŷ. */
  const div = (p: Bounded, q: Bounded): Bounded => {
    const [x, y] = [read(p), read(q)];
    const value = x.value / y.value;
    const smallestDivisor = Math.abs(y.value) - y.bound;
    const propagated =
      smallestDivisor > 0 ? (x.bound + Math.abs(value) * y.bound) / smallestDivisor : Infinity;
    return result(value, propagated, oneRounding);
  };

  const max = (p: Bounded, q: Bounded): Bounded => {
    const [x, y] = [read(p), read(q)];
    const bound = isSurelyAbove(x, y) ? x.bound : isSurelyAbove(y, x) ? y.bound : Math.max(x.bound, y.bound);
    return result(Math.max(x.value, y.value), bound, NO_ERROR, NO_ALLOWANCE);
  };

  return {
    exact,
    rounded: (x) => (isOfFormat(x) ? exact(x) : result(x, 0, oneRounding, { oracle: 0 })),
    neg,
    abs,
    scale(p, powerOfTwo) {
      if (!isPowerOfTwo(powerOfTwo)) {
        throw new SuiteError({
          code: 'scale-inexact',
          what: 'a running error is scaled by a factor that rounds',
          given: String(powerOfTwo),
          expected: 'a power of two',
          todo: 'use `mul`',
        });
      }
      const x = read(p);
      const [value, bound] = [x.value * powerOfTwo, x.bound * Math.abs(powerOfTwo)];
      const mayUnderflow = value !== 0 && Math.abs(value) - bound < range.smallest;
      return result(
        value,
        bound,
        mayUnderflow ? { relative: 0, absolute: underflow } : NO_ERROR,
        NO_ALLOWANCE,
      );
    },
    add,
    sub: (x, y) => add(x, neg(y)),
    mul,
    div,
    max,
    min: (x, y) => neg(max(neg(x), neg(y))),
  };
}

/** |x̂ŷ − xy| ≤ |x|β + |y|α + αβ. */
export function productError(x: Bounded, y: Bounded): number {
  return Math.abs(x.value) * y.bound + Math.abs(y.value) * x.bound + x.bound * y.bound;
}

/** Whether the whole interval of x is above that of y; the factor covers the two roundings of the comparison. */
function isSurelyAbove(x: Bounded, y: Bounded): boolean {
  return (x.value - y.value) * (1 - 2 ** -50) > x.bound + y.bound;
}

function isPowerOfTwo(x: number): boolean {
  const exponent = Math.log2(Math.abs(x));
  return Number.isInteger(exponent) && 2 ** exponent === Math.abs(x);
}

/**
 * Whether a number is a normal number of a format with this unit roundoff, by Veltkamp's splitting (Dekker 1971): the
 * high part of x, rounded to p bits, is x. An engine that rounds worse than its format has seems to have fewer bits,
 * and fewer numbers are taken for exact.
 */
function formatTest(roundoff: number, { smallest }: NormalRange): (x: number) => boolean {
  const bits = Math.floor(-Math.log2(roundoff));
  const factor = 2 ** Math.max(0, 53 - bits) + 1;
  return (x) => {
    const scaled = factor * x;
    const high = scaled - (scaled - x);
    return x === 0 || (Math.abs(x) >= smallest && high === x);
  };
}
