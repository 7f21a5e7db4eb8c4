/*
 * How far a sample is from the law that it is meant to come from, with bounds that hold for every sample size.
 */

/**
 * n·D(k/n ‖ p), D the relative entropy of two coins: how unlikely `count` successes of probability p are in `trials`.
 * It exceeds x with probability at most 2·exp(−x) (Chernoff's bound at either side). Infinity for what cannot happen.
 *
 * @example binomialDivergence(50, 100, 0.5) // 0
 */
export function binomialDivergence(count: number, trials: number, p: number): number {
  const part = (successes: number, chance: number): number =>
    successes === 0 ? 0 : successes * Math.log(successes / (trials * chance));
  // Rounding may leave a sum of large terms just below 0.
  return Math.max(0, part(count, p) + part(trials - count, 1 - p));
}

/** What `binomialDivergence` exceeds with probability at most `errorRate`: ln(2/errorRate). */
export function largestDivergence(errorRate: number): number {
  return Math.log(2 / errorRate);
}

/**
 * The largest distance between the distribution of a sample and a continuous distribution function, sup |F_n − F|
 * (Kolmogorov). NaN when the sample holds one or is empty.
 */
export function kolmogorovDistance(sample: ArrayLike<number>, distribution: (x: number) => number): number {
  const n = sample.length;
  const sorted = Float64Array.from(sample).sort();
  if (n === 0) return Number.NaN;
  return sorted.reduce((largest, value, index) => {
    const probability = distribution(value);
    return Math.max(largest, probability - index / n, (index + 1) / n - probability);
  }, 0);
}

/**
 * What the distance of n independent draws from their own law exceeds with probability at most `errorRate`:
 * √(ln(2/errorRate)/2n) (Dvoretzky, Kiefer and Wolfowitz, with the constant of Massart 1990).
 */
export function largestDistance(n: number, errorRate: number): number {
  return Math.sqrt(Math.log(2 / errorRate) / (2 * n));
}

/**
 * What the mean of n independent numbers of mean 0 within ±`reach` exceeds in size with probability at most `errorRate`:
 * reach·√(2 ln(2/errorRate)/n) (Hoeffding 1963).
 */
export function largestMean(reach: number, n: number, errorRate: number): number {
  return reach * Math.sqrt((2 * Math.log(2 / errorRate)) / n);
}
