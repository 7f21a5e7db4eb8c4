import { holm } from '../numerics/holm.ts';
import { rankSum, rankSumInterval } from '../numerics/rank-sum.ts';
import { median } from '../numerics/robust.ts';
import type { SignedRankEstimate } from '../numerics/signed-rank.ts';
import { signedRank, signedRankInterval } from '../numerics/signed-rank.ts';
import { normalQuantile } from '../numerics/tails.ts';
import type { DrawNormals, NullEstimate } from './visible-change.ts';
import { nullEstimates, visibleShift } from './visible-change.ts';

/** One number of each side, from processes that ran one after the other. */
export interface Pair {
  readonly against: number;
  readonly own: number;
  /** Which of them ran first. */
  readonly first: 'against' | 'own';
}

/** Of times; of memory `slower` is more, and `faster` is less. */
export type ComparisonVerdict = 'faster' | 'same' | 'slower' | 'inconclusive';

/** How the numbers of one side stand to those of the other. */
export interface Comparison {
  readonly verdict: ComparisonVerdict;
  /** Processes of each side. */
  readonly processes: number;
  /** Own over the other, with its confidence interval. */
  readonly ratio: number;
  readonly lower: number;
  readonly upper: number;
  /** Of the exact rank test, corrected for all comparisons of the family (Holm). */
  readonly pValue: number;
  /**
   * The least change, as a share, that would have been called one nine times in ten, given the noise and the size of the family;
   * infinite where there are too few processes for any test to call a change one.
   */
  readonly visible: number;
  readonly noise: Noise;
}

/** What one side shows against itself, process by process: the typical change as a share, and the largest. */
export interface Noise {
  readonly typical: number;
  readonly largest: number;
}

export interface ComparisonOptions {
  /** A change of less, as a share, is none. */
  readonly threshold: number;
}

/** Probability of one false verdict or more in a family without a change, and of an interval that misses. */
const ERROR_RATE = 0.05;
const CONFIDENCE = 1 - ERROR_RATE;

/**
 * Judges a family of paired comparisons by the exact signed-rank test on logarithms of ratios. A change is one when the test
 * says so, after Holm's correction over the family, and the estimate is beyond the threshold. It is none when
 * the whole interval is within the threshold. All else is inconclusive.
 *
 * Pairs come in turn A B, B A, A B, …: where two meet, one side stands beside itself, which is the noise.
 */
export function comparePairs(
  family: readonly (readonly Pair[])[],
  options: ComparisonOptions,
): readonly Comparison[] {
  const judged = family.map((pairs) => {
    const ratios = pairs.map(({ own, against }) => Math.log(own / against));
    const changes = pairs.slice(1).flatMap((pair, index) => {
      const before = pairs[index];
      const isNeighbour = before !== undefined && pair.first !== before.first;
      return isNeighbour ? [Math.log(pair[pair.first] / before[pair.first])] : [];
    });
    const n = pairs.length;
    return {
      estimate: signedRank(ratios, { confidence: CONFIDENCE }),
      changes,
      n,
      sizes: `${n} pairs`,
      // The ratio of a pair scatters as that of two neighbours does.
      estimateAt: (confidence) => {
        const estimate = signedRankInterval(n, { confidence });
        return (draw) => estimate(draw(n));
      },
    } satisfies Judged;
  });
  return familyOf(judged, options);
}

/** Two lists of numbers that were measured at different times. */
export interface Samples {
  readonly own: readonly number[];
  readonly against: readonly number[];
}

/**
 * The same for two times, by the exact rank-sum test: what the machine itself did in between looks like a change, and no
 * test can tell.
 */
export function compareSamples(
  family: readonly Samples[],
  options: ComparisonOptions,
): readonly Comparison[] {
  const judged = family.map((samples) => {
    const [own, against] = [samples.own.map(Math.log), samples.against.map(Math.log)];
    const changes = [own, against].flatMap((list) =>
      list.slice(1).map((value, index) => value - (list[index] ?? Number.NaN)),
    );
    const [m, n] = [own.length, against.length];
    return {
      estimate: rankSum(own, against, { confidence: CONFIDENCE }),
      changes,
      n: Math.min(m, n),
      sizes: `${m} and ${n}`,
      estimateAt: (confidence) => {
        const estimate = rankSumInterval([m, n], { confidence });
        // The difference of two neighbours has √2 deviations of one number.
        const scaled = (values: readonly number[]): readonly number[] =>
          values.map((value) => value / Math.SQRT2);
        return (draw) => estimate(scaled(draw(m)), scaled(draw(n)));
      },
    } satisfies Judged;
  });
  return familyOf(judged, options);
}

interface Judged {
  readonly estimate: SignedRankEstimate;
  /** Logarithms of ratios of one side to itself. */
  readonly changes: readonly number[];
  readonly n: number;
  /** Names the numbers of processes. */
  readonly sizes: string;
  /** The test of numbers without a change, one of whose `changes` has the deviation 1. */
  readonly estimateAt: (confidence: number) => (draw: DrawNormals) => NullEstimate;
}

/** How a comparison stands that no test can decide. */
export function isUndecidable({ visible }: Comparison): boolean {
  return visible === Infinity;
}

/** By numbers of processes and size of the family: they take a tenth of a second. */
const found = new Map<string, readonly NullEstimate[]>();

function nullEstimatesOf({ sizes, estimateAt }: Judged, tests: number): readonly NullEstimate[] {
  const key = `${sizes}, ${tests} tests`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const made = nullEstimates(estimateAt(1 - ERROR_RATE / tests));
  found.set(key, made);
  return made;
}

function familyOf(family: readonly Judged[], options: ComparisonOptions): readonly Comparison[] {
  const threshold = Math.log1p(options.threshold);
  const pValues = holm(family.map(({ estimate }) => estimate.pValue));
  return family.map((judged, index) => {
    const { estimate, changes, n } = judged;
    const pValue = pValues[index] ?? 1;
    const sizes = changes.map(Math.abs);
    // Of one process nothing is known of the noise.
    const typical = sizes.length === 0 ? Infinity : median(sizes);
    // Half of the changes of a normal number around 0 are within Φ⁻¹(¾) deviations.
    const deviation = typical / normalQuantile(0.75);
    // Holm's correction is the largest where nothing else is significant.
    const visible = visibleShift(nullEstimatesOf(judged, family.length), { deviation, threshold });
    return {
      verdict: visible === Infinity ? 'inconclusive' : verdictOf(estimate, pValue, threshold),
      processes: n,
      ratio: Math.exp(estimate.centre),
      lower: Math.exp(estimate.lower),
      upper: Math.exp(estimate.upper),
      pValue,
      visible: Math.expm1(visible),
      noise: { typical: Math.expm1(typical), largest: Math.expm1(Math.max(typical, ...sizes)) },
    };
  });
}

function verdictOf(
  { centre, lower, upper }: SignedRankEstimate,
  pValue: number,
  threshold: number,
): ComparisonVerdict {
  if (pValue <= ERROR_RATE && Math.abs(centre) > threshold) return centre > 0 ? 'slower' : 'faster';
  return -threshold <= lower && upper <= threshold ? 'same' : 'inconclusive';
}
