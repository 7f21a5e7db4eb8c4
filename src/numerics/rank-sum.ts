import { requireConfidence } from './confidence.ts';
import { median } from './robust.ts';
import { tiedRanks } from './tied-ranks.ts';

/** What two samples say of the shift of the first against the second. */
export interface RankSumEstimate {
  /** The median of all differences between one of each (Hodges and Lehmann 1963). */
  readonly centre: number;
  /** Confidence interval of the shift between two distributions of one shape; unbounded with too few values. */
  readonly lower: number;
  readonly upper: number;
  /** Two-sided probability of ranks as uneven as these, were both samples of one distribution. */
  readonly pValue: number;
}

/**
 * The rank-sum test of Wilcoxon (1945), Mann and Whitney (1947) of two independent samples, and the estimate and interval that
 * belong to it, all exact; ties share their ranks. Time grows with the fourth power of the number of values.
 *
 * @throws InputError `sample-empty`, `sample-not-finite`, `confidence-range` unless 0 < confidence < 1.
 * @example rankSum([4, 5, 6], [1, 2, 3], { confidence: 0.8 }) // centre 3, p 0.1
 */
export function rankSum(
  first: readonly number[],
  second: readonly number[],
  { confidence }: { readonly confidence: number },
): RankSumEstimate {
  return {
    ...rankSumInterval([first.length, second.length], { confidence })(first, second),
    pValue: pValueOf(first, second),
  };
}

/**
 * The estimate and interval alone, for many samples of these sizes: what depends on the sizes only, which is all that takes long,
 * is found once.
 *
 * @throws InputError `confidence-range` unless 0 < confidence < 1; what it returns, `sample-empty`, `sample-not-finite`.
 * @example rankSumInterval([3, 3], { confidence: 0.8 })([4, 5, 6], [1, 2, 3]) // centre 3
 */
export function rankSumInterval(
  [m, n]: readonly [number, number],
  { confidence }: { readonly confidence: number },
): (first: readonly number[], second: readonly number[]) => Omit<RankSumEstimate, 'pValue'> {
  requireConfidence(confidence);
  const plain = tailOf(
    Array.from({ length: m + n }, (_, index) => 2 * (index + 1)),
    m,
  );
  // The smallest sum of ranks is that of the lowest values: m(m + 1)/2, doubled.
  const least = m * (m + 1);
  let rank = 0;
  while (rank < m * n && (plain[least + 2 * rank] ?? 1) <= (1 - confidence) / 2) rank += 1;
  return (first, second) => {
    const differences = first.flatMap((one) => second.map((other) => one - other)).toSorted((a, b) => a - b);
    return {
      centre: median(differences),
      lower: differences[rank - 1] ?? -Infinity,
      upper: differences[differences.length - rank] ?? Infinity,
    };
  };
}

function pValueOf(first: readonly number[], second: readonly number[]): number {
  const ranks = tiedRanks([...first, ...second]);
  const sum = ranks.slice(0, first.length).reduce((total, rank) => total + rank, 0);
  const below = tailOf(ranks, first.length);
  const atMost = below[sum] ?? 1;
  const atLeast = 1 - (below[sum - 1] ?? 0);
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}

/** P(W ≤ w) at w = 0, 1, …, where W is the sum of the ranks of so many that are drawn, each set as likely as another. */
function tailOf(ranks: readonly number[], drawn: number): Float64Array {
  const most = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: drawn + 1 }, () => new Float64Array(most + 1));
  const [none] = ways;
  if (none !== undefined) none[0] = 1;
  for (const rank of ranks) {
    for (let size = drawn; size >= 1; size -= 1) {
      const [from, to] = [ways[size - 1], ways[size]];
      if (from === undefined || to === undefined) continue;
      for (let sum = most; sum >= rank; sum -= 1) to[sum] = (to[sum] ?? 0) + (from[sum - rank] ?? 0);
    }
  }
  const all = ways[drawn] ?? new Float64Array();
  const count = all.reduce((sum, number) => sum + number, 0);
  let below = 0;
  return all.map((number) => (below += number / count));
}
