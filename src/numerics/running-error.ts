import type { Arithmetic } from './arithmetic.ts';
import { runningFunctions } from './running-functions.ts';
import { runningOperations } from './running-operations.ts';
import { roundingOf } from './running-rounding.ts';
import { runningSums } from './running-sums.ts';

/**
 * A double-precision value, and how far what an engine computes in its place may be from it:
 * |engine − value| ≤ bound. Where nothing can be promised the bound is Infinity, and that of NaN is NaN.
 */
export interface Bounded {
  readonly value: number;
  readonly bound: number;
}

/**
 * Running error analysis (Higham, Accuracy and Stability of Numerical Algorithms, §3.3): each operation bounds what its
 * inputs may be off by already, what the engine may round, and what the double-precision oracle rounds itself.
 *
 * A bound is rigorous as long as the engine keeps to its `Arithmetic`: it counts underflow, subnormal numbers that
 * are flushed to zero on the way in or out, overflow (the bound becomes Infinity) and the rounding of the bounds
 * themselves. It becomes Infinity too where an input may be outside the domain: a divisor that may be 0, a logarithm
 * of what may be negative. The functions need no `this`.
 *
 * @example
 * const { exact, mul } = runningError(IEEE_SINGLE);
 * mul(exact(3), exact(5)); // { value: 15, bound: 8.9e-7 }: one rounding, 15·2⁻²⁴
 */
export interface RunningError {
  /** A number of the engine's format that it is given as it is; bound 0. */
  readonly exact: (x: number) => Bounded;
  /** A number that is rounded once to the engine's format, such as 0.1; bound 0 if the format has it, such as 0.5. */
  readonly rounded: (x: number) => Bounded;
  readonly neg: (x: Bounded) => Bounded;
  readonly abs: (x: Bounded) => Bounded;
  /**
   * x times a power of two, which rounds nothing.
   *
   * @throws SuiteError `scale-inexact` for any other factor.
   */
  readonly scale: (x: Bounded, powerOfTwo: number) => Bounded;
  readonly add: (x: Bounded, y: Bounded) => Bounded;
  readonly sub: (x: Bounded, y: Bounded) => Bounded;
  readonly mul: (x: Bounded, y: Bounded) => Bounded;
  readonly div: (x: Bounded, y: Bounded) => Bounded;
  readonly max: (x: Bounded, y: Bounded) => Bounded;
  readonly min: (x: Bounded, y: Bounded) => Bounded;
  /** Σ xᵢ in any order; 0 for none. */
  readonly sum: (xs: readonly Bounded[]) => Bounded;
  /**
   * Σ xᵢyᵢ in any order, with or without fused multiply–add; 0 for none.
   *
   * @throws SuiteError `dot-lengths` for lists of different lengths.
   */
  readonly dot: (xs: readonly Bounded[], ys: readonly Bounded[]) => Bounded;
  /** Σ xᵢ/n in any order, divided by n or multiplied by 1/n, before or after the sum; NaN for none. */
  readonly mean: (xs: readonly Bounded[]) => Bounded;
  readonly exp: (x: Bounded) => Bounded;
  /** exp(x) − 1. */
  readonly expm1: (x: Bounded) => Bounded;
  readonly log: (x: Bounded) => Bounded;
  readonly sqrt: (x: Bounded) => Bounded;
  readonly tanh: (x: Bounded) => Bounded;
  /** 1/(1 + exp(−x)). */
  readonly sigmoid: (x: Bounded) => Bounded;
  /** x to the y, by a power function or, for whole y up to ±16, by products of x or of 1/x. */
  readonly pow: (x: Bounded, y: Bounded) => Bounded;
}

/** Running-error arithmetic for an engine. */
export function runningError(arithmetic: Arithmetic): RunningError {
  const rounding = roundingOf(arithmetic);
  return { ...runningOperations(rounding), ...runningSums(rounding), ...runningFunctions(rounding) };
}
