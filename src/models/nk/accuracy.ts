import { nkClosedForm } from './closed-form.ts';
import { parametersAt } from './parameters.ts';

/** How far approximate values x̂ are from exact ones x. */
export interface RelativeError {
  /** √(Σ(x̂−x)²/Σx²). */
  readonly rootMeanSquare: number;
  /** max|x̂−x| over the root mean square of x: an x that happens to be near 0 does not count for more. */
  readonly worst: number;
}

/** Errors of both controls against the closed form. */
export interface NkAccuracy {
  readonly output: RelativeError;
  readonly inflation: RelativeError;
}

/** States (B), parameters (B, 8) and the controls (B) that a policy has there. */
export interface NkPolicyValues {
  readonly parameters: Float32Array;
  readonly zeta: Float32Array;
  readonly output: Float32Array;
  readonly inflation: Float32Array;
}

/** Compares controls with the closed form in double precision. */
export function accuracyOf({ parameters, zeta, output, inflation }: NkPolicyValues): NkAccuracy {
  const exact = Array.from(zeta, (state, index) => nkClosedForm(parametersAt(parameters, index), state));
  return {
    output: relativeError(
      output,
      exact.map((controls) => controls.output),
    ),
    inflation: relativeError(
      inflation,
      exact.map((controls) => controls.inflation),
    ),
  };
}

/**
 * Relative error of values against exact ones, in the same order.
 *
 * @example relativeError([1.1, 2], [1, 2]).rootMeanSquare // 0.1/√5 = 0.0447
 */
export function relativeError(values: ArrayLike<number>, exact: readonly number[]): RelativeError {
  const misses = exact.map((value, index) => (values[index] ?? Number.NaN) - value);
  const scale = rootMeanSquare(exact);
  const largest = misses.reduce((most, miss) => Math.max(most, Math.abs(miss)), 0);
  return { rootMeanSquare: rootMeanSquare(misses) / scale, worst: largest / scale };
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
