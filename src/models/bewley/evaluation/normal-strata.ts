import { normalQuantile } from '../../../numerics/tails.ts';

/**
 * M points of equal weight in the place of the standard normal law: the mean of each of its M strata of equal probability,
 * M (φ(z_{j−1}) − φ(z_j)), spread a little so that the variance is 1. The law is symmetric, so that its first three
 * moments are met, and the expectation of a smooth function is off by its fourth derivative times (3 − κ)/24, κ the
 * kurtosis of the points: 2.87 at M = 64, so 4e-5 for e^{0.3 ε} and 5e-7 for e^{0.1 ε}. Random points within the strata
 * would leave 0.5/M of the slope, from the two in the tails.
 *
 * @example normalStrata(2) // [-1, 1]
 */
export function normalStrata(count: number): Float64Array {
  const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const edges = Array.from({ length: count + 1 }, (_, index) =>
    index === 0 || index === count ? 0 : density(normalQuantile(index / count)),
  );
  const means = Float64Array.from(
    { length: count },
    (_, index) => count * ((edges[index] ?? Number.NaN) - (edges[index + 1] ?? Number.NaN)),
  );
  const deviation = Math.sqrt(means.reduce((sum, mean) => sum + mean * mean, 0) / count);
  return deviation === 0 ? means : means.map((mean) => mean / deviation);
}
