import { requireConfidence } from './confidence.ts';
import { median } from './robust.ts';
import { tiedRanks } from './tied-ranks.ts';

/** What paired differences say of their centre. */
export interface SignedRankEstimate {
  /** The median of the means of all pairs of differences, each with itself too (Hodges and Lehmann 1963). */
  readonly centre: number;
  /** Confidence interval of the centre of a symmetric distribution; unbounded with too few differences. */
  readonly lower: number;
  readonly upper: number;
  /** Two-sided probability of ranks as uneven as these, were the differences symmetric about 0. */
  readonly pValue: number;
}

/**
 * The signed-rank test of Wilcoxon (1945) of n paired differences, and the estimate and interval that belong to it. All
 * is exact: the null distribution takes ties as they are (mid-ranks), and differences of exactly 0 are left out of the test.
 *
 * @throws InputError `sample-empty`, `sample-not-finite`, `confidence-range` unless 0 < confidence < 1.
 * @example signedRank([1, 2, 3], { confidence: 0.75 }) // centre 2, p 0.25
 */
export function signedRank(
  differences: readonly number[],
  { confidence }: { readonly confidence: number },
): SignedRankEstimate {
  return {
    ...signedRankInterval(differences.length, { confidence })(differences),
    pValue: pValueOf(differences.filter((difference) => difference !== 0)),
  };
}

/**
 * The estimate and interval alone, for many lists of n differences: what depends on n only is found once.
 *
 * @throws InputError `confidence-range` unless 0 < confidence < 1; what it returns, `sample-empty`, `sample-not-finite`.
 * @example signedRankInterval(3, { confidence: 0.75 })([1, 2, 3]) // centre 2, from 1 to 3
 */
export function signedRankInterval(
  n: number,
  { confidence }: { readonly confidence: number },
): (differences: readonly number[]) => Omit<SignedRankEstimate, 'pValue'> {
  requireConfidence(confidence);
  const plain = Array.from({ length: n }, (_, index) => 2 * (index + 1));
  const rank = largestRank(tailOf(plain), (1 - confidence) / 2);
  return (differences) => {
    const means = walshAverages(differences);
    return {
      centre: median(means),
      lower: means[rank - 1] ?? -Infinity,
      upper: means[means.length - rank] ?? Infinity,
    };
  };
}

/** Sorted. */
function walshAverages(values: readonly number[]): readonly number[] {
  const means = values.flatMap((one, i) => values.slice(i).map((other) => (one + other) / 2));
  return means.toSorted((a, b) => a - b);
}

function pValueOf(differences: readonly number[]): number {
  const ranks = tiedRanks(differences.map(Math.abs));
  const positive = ranks.reduce((sum, rank, index) => ((differences[index] ?? 0) > 0 ? sum + rank : sum), 0);
  const all = ranks.reduce((sum, rank) => sum + rank, 0);
  return Math.min(1, 2 * (tailOf(ranks)[Math.min(positive, all - positive)] ?? 1));
}

/** P(W ≤ w) at w = 0, 1, …, where W is the sum of those ranks whose sign is +, and each sign is a fair coin. */
function tailOf(ranks: readonly number[]): Float64Array {
  let probabilities = Float64Array.of(1);
  for (const rank of ranks) {
    const before = probabilities;
    probabilities = Float64Array.from(
      { length: before.length + rank },
      (_, sum) => ((before[sum] ?? 0) + (before[sum - rank] ?? 0)) / 2,
    );
  }
  let below = 0;
  return probabilities.map((probability) => (below += probability));
}

/** The largest k for which P(W < k) ≤ errorRate, of a distribution over doubled ranks; 0 if there is none. */
function largestRank(tail: Float64Array, errorRate: number): number {
  let rank = 0;
  while (2 * rank < tail.length && (tail[2 * rank] ?? 1) <= errorRate) rank += 1;
  return rank;
}
