import type { ElementaryFunction, FunctionError } from './arithmetic.ts';
import type { Bounded, RunningError } from './running-error.ts';
import type { Rounding } from './running-rounding.ts';
import { ORACLE_FUNCTION_ERROR } from './running-rounding.ts';

/**
 * The elementary functions: the error that the engine was measured to make, at an argument that is off by its bound b
 * already. What that moves the value by is bounded by b times the largest slope over [v − b, v + b].
 */
export function runningFunctions(rounding: Rounding): Pick<RunningError, ElementaryFunction> {
  const { arithmetic, underflow, gamma, read, result } = rounding;

  const evaluated = (value: number, propagated: number, error: FunctionError, steps = 32): Bounded =>
    result(
      value,
      propagated,
      { relative: error.relative, absolute: error.absolute + underflow },
      { oracle: ORACLE_FUNCTION_ERROR * Math.abs(value), steps },
    );

  const unary =
    (name: ElementaryFunction, f: (v: number) => number, spread: (v: number, b: number) => number) =>
    (p: Bounded): Bounded => {
      const x = read(p);
      // An argument without a bound may be anything, NaN included, which no saturation tames.
      const propagated = x.bound === 0 ? 0 : x.bound < Infinity ? spread(x.value, x.bound) : Infinity;
      return evaluated(f(x.value), propagated, arithmetic.functions[name]);
    };

  /** e^x̂ − e^v = e^v (e^(x̂−v) − 1). */
  const exponentialSpread = (v: number, b: number): number => Math.exp(v) * Math.expm1(b);

  return {
    exp: unary('exp', Math.exp, exponentialSpread),
    expm1: unary('expm1', Math.expm1, exponentialSpread),
    log: unary('log', Math.log, (v, b) => (v - b > 0 ? b / (v - b) : Infinity)),
    // √x̂ − √v = (x̂ − v)/(√x̂ + √v).
    sqrt: unary('sqrt', Math.sqrt, (v, b) => (v - b >= 0 ? b / (Math.sqrt(v) + Math.sqrt(v - b)) : Infinity)),
    // tanh′ = 1/cosh² falls with the distance from 0.
    tanh: unary('tanh', Math.tanh, (v, b) => Math.min(2, b * sechSquared(nearestToZero(v, b)))),
    // σ(x) = (1 + tanh(x/2))/2.
    sigmoid: unary('sigmoid', sigmoid, (v, b) => Math.min(1, (b / 4) * sechSquared(nearestToZero(v, b) / 2))),
    pow(p, q) {
      const [x, y] = [read(p), read(q)];
      const { relative, absolute } = arithmetic.functions.pow;
      const factors = y.bound === 0 ? productsOf(y.value) : 0;
      const error = {
        relative: Math.max(relative, gamma(factors)),
        absolute: absolute + factors * underflow,
      };
      // A power of an end of the interval repeats the rounding of that end |y| times.
      return evaluated(x.value ** y.value, powerSpread(x, y), error, 64 + 4 * Math.abs(y.value));
    },
  };
}

/** Powers that code writes as products: squares mostly, and not beyond this one. */
const LARGEST_PRODUCT = 16;

/** Roundings of x^y as a product of |y| factors, each a quotient 1/x if y is negative; 0 if it is no product. */
function productsOf(y: number): number {
  if (!Number.isInteger(y) || Math.abs(y) > LARGEST_PRODUCT) return 0;
  return y < 0 ? -2 * y : y;
}

/** 1/(1 + e^(−x)), without overflow and with a small relative error in both tails. */
function sigmoid(x: number): number {
  const power = Math.exp(-Math.abs(x));
  return x < 0 ? power / (1 + power) : 1 / (1 + power);
}

function sechSquared(x: number): number {
  return (1 / Math.cosh(x)) ** 2;
}

/** The least |x| over the interval. */
function nearestToZero(v: number, b: number): number {
  return Math.max(0, Math.abs(v) - b);
}

/** How far x̂^ŷ may be from x^y: first the base moves, by the mean value theorem, then the exponent. */
function powerSpread(x: Bounded, y: Bounded): number {
  const byBase = baseSpread(x, y.value);
  if (y.bound === 0) return byBase;
  // 0 to whatever is surely positive is 0.
  if (x.value === 0 && x.bound === 0) return y.value - y.bound > 0 ? 0 : Infinity;
  const smallest = x.value - x.bound;
  if (!(smallest > 0)) return Infinity;
  // x̂^ŷ − x̂^y = x̂^y (e^((ŷ − y) ln x̂) − 1). 2⁻⁵² covers the rounding of the ends, which matters where ln is near 0.
  const steepest = Math.max(Math.abs(Math.log(smallest)), Math.abs(Math.log(x.value + x.bound))) + 2 ** -52;
  return byBase + (x.value ** y.value + byBase) * Math.expm1(steepest * y.bound);
}

/** How far x̂^y may be from x^y: b·|y|·sup|x̂|^(y−1), the supremum at one end of the interval of |x̂|. */
function baseSpread(x: Bounded, y: number): number {
  if (x.bound === 0 || y === 0) return 0;
  const smallest = Number.isInteger(y) ? Math.abs(x.value) - x.bound : x.value - x.bound;
  // Below 0 a broken power is not a number; at 0 a power below 1 has no slope. A whole power ≥ 1 is smooth throughout.
  if (!(smallest > 0) && (y < 1 || (smallest < 0 && !Number.isInteger(y)))) return Infinity;
  const steepestAt = y < 1 ? smallest : Math.abs(x.value) + x.bound;
  return x.bound * Math.abs(y) * steepestAt ** (y - 1);
}
