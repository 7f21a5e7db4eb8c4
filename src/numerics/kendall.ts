import { normalQuantile } from './tails.ts';

/** Up to here the distribution is computed, in a time that grows with the cube of the number of values. */
const MOST_EXACT = 100;

/**
 * The largest rank M such that, of the pairs of n exchangeable values observed at x, fewer than M are discordant with
 * x with probability at most `errorRate`; 0 if there is none. Pairs with equal x do not count.
 *
 * Exact for up to 100 different x. Otherwise from the normal approximation with variance
 * [n(n−1)(2n+5) − Σ t(t−1)(2t+5)]/72 over groups of t equal x (Sen 1968, (2.6)); it errs on the safe side, since the
 * tails of Kendall's statistic are lighter than normal ones.
 */
export function kendallRank(x: readonly number[], errorRate: number): number {
  const n = x.length;
  const groups = groupSizes(x);
  if (groups.length === n && n <= MOST_EXACT) return exactRank(n, errorRate);
  const pairs = (n * n - sum(groups.map((t) => t * t))) / 2;
  const weight = (t: number): number => t * (t - 1) * (2 * t + 5);
  const deviation = Math.sqrt((weight(n) - sum(groups.map(weight))) / 72);
  // P(D < M) ≈ Φ((M − ½ − pairs/2)/deviation) with the correction for continuity, which is left out for safety.
  return Math.max(0, Math.floor(pairs / 2 + normalQuantile(errorRate) * deviation));
}

/** The largest M with P(D < M) ≤ errorRate, D the number of inversions of a random permutation of n. */
function exactRank(n: number, errorRate: number): number {
  let below = 0;
  for (const [count, probability] of inversionProbabilities(n).entries()) {
    below += probability;
    if (below > errorRate) return count;
  }
  return 0;
}

/**
 * P(D = 0), P(D = 1), …: the k-th of n values, put among those before it, makes 0 … k − 1 inversions, each as likely
 * (Kendall 1938). The sum of these independent uniform numbers is formed by running sums.
 */
function inversionProbabilities(n: number): Float64Array {
  let probabilities = Float64Array.of(1);
  for (let k = 2; k <= n; k += 1) {
    const before = probabilities;
    const cumulative = new Float64Array(before.length + k);
    for (let count = 0; count < cumulative.length - 1; count += 1) {
      cumulative[count + 1] = (cumulative[count] ?? 0) + (before[count] ?? 0);
    }
    probabilities = Float64Array.from(
      { length: before.length + k - 1 },
      (_, count) => ((cumulative[count + 1] ?? 0) - (cumulative[Math.max(0, count + 1 - k)] ?? 0)) / k,
    );
  }
  return probabilities;
}

function groupSizes(x: readonly number[]): readonly number[] {
  const sizes = new Map<number, number>();
  for (const value of x) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
