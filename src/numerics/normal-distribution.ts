import { erf } from 'mathjs';

/**
 * The probability that a standard normal variable is below x: Φ(x) = (1 + erf(x/√2))/2, off by at most about 1e-15
 * (absolutely: far in the lower tail it keeps no digits).
 *
 * @example normalDistribution(1.96) // 0.975
 */
export function normalDistribution(x: number): number {
  return (1 + erf(x / Math.SQRT2)) / 2;
}
