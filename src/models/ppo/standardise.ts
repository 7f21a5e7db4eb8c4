import { columnMoments } from '../../numerics/running-moments.ts';

/** Relative deviation below which numbers are equal but for the roundings of single precision that they came from: 2⁻²³. */
const ROUNDING = 2 ** -23;

/**
 * Numbers less their mean, over their standard deviation, all together. Numbers that are equal but for roundings come out
 * as zeros: they say nothing, and dividing by what little they differ would make noise of it.
 */
export function standardise(numbers: Float64Array): Float64Array {
  const { mean, variance } = columnMoments(numbers);
  const deviation = Math.sqrt(variance);
  const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (deviation <= ROUNDING * largest) return new Float64Array(numbers.length);
  return numbers.map((x) => (x - mean) / deviation);
}
