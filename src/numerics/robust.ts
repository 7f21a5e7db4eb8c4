import { InputError } from '../errors.ts';
import { requireConfidence } from './confidence.ts';
import { kendallRank } from './kendall.ts';
import { normalQuantile } from './tails.ts';

/**
 * The median: the middle value, or the mean of the two in the middle.
 *
 * @throws InputError `sample-empty`, `sample-not-finite`.
 */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The p-quantile by linear interpolation between order statistics, at position (n − 1)p from 0 (type 7 of Hyndman and
 * Fan 1996, the default of R and NumPy).
 *
 * @throws InputError `sample-empty`, `sample-not-finite`, `quantile-range` unless 0 ≤ p ≤ 1.
 * @example quantile([1, 2, 3, 4], 0.25) // 1.75
 */
export function quantile(values: readonly number[], p: number): number {
  requireSample(values);
  if (!(p >= 0 && p <= 1)) {
    throw new InputError({
      code: 'quantile-range',
      what: 'there is no such quantile',
      given: String(p),
      expected: 'a share from 0 to 1',
    });
  }
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (position - Math.floor(position)) * (above - below);
}

/** The median distance of a normal sample from its median is Φ⁻¹(¾) standard deviations. */
const DEVIATIONS_IN_MEDIAN_DISTANCE = normalQuantile(0.75);

/**
 * The median distance from the median; `scaled`, the standard deviation that a normal sample with this median distance
 * has (1.4826 times as much).
 *
 * @throws InputError `sample-empty`, `sample-not-finite`.
 * @example medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9]) // 1
 */
export function medianAbsoluteDeviation(
  values: readonly number[],
  { scaled = false }: { readonly scaled?: boolean } = {},
): number {
  const centre = median(values);
  const distance = median(values.map((value) => Math.abs(value - centre)));
  return scaled ? distance / DEVIATIONS_IN_MEDIAN_DISTANCE : distance;
}

/** A line through points, and what its slope may be. */
export interface SlopeEstimate {
  readonly slope: number;
  /** Of the line that has half of the points above it. */
  readonly intercept: number;
  /** Confidence interval of the slope; unbounded when there are too few points for the confidence asked for. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * The slope of y in x: the median of the slopes between all pairs of points with different x (Theil 1950), and a
 * two-sided confidence interval from ranks (Sen 1968). Up to 29 % of the points may be anything.
 *
 * The interval inverts Kendall's test: the true slope b lies below the M-th smallest of all slopes only if fewer than M
 * pairs are discordant with it, and how many are depends on the order of the errors y − bx alone. It assumes that these
 * are independent with one continuous distribution; positively autocorrelated errors make it too narrow. Time and
 * memory grow with the square of the number of points.
 *
 * @throws InputError `sample-not-finite`, `points-unusable` for lists of different lengths or a single x,
 * `confidence-range` unless 0 < confidence < 1.
 * @example theilSen([0, 1, 2, 3, 4], [1, 3, 5, 7, 90], { confidence: 0.9 }) // slope 2, intercept 1
 */
export function theilSen(
  x: readonly number[],
  y: readonly number[],
  { confidence }: { readonly confidence: number },
): SlopeEstimate {
  requireConfidence(confidence);
  const slopes = pairwiseSlopes(x, y);
  const slope = median(slopes);
  const rank = kendallRank(x, (1 - confidence) / 2);
  const sorted = Float64Array.from(slopes).sort();
  return {
    slope,
    intercept: median(y.map((value, index) => value - slope * (x[index] ?? Number.NaN))),
    lower: sorted[rank - 1] ?? -Infinity,
    upper: sorted[sorted.length - rank] ?? Infinity,
  };
}

function pairwiseSlopes(x: readonly number[], y: readonly number[]): readonly number[] {
  const slopes: number[] = [];
  if (x.length === y.length && x.length > 0) {
    requireSample(x);
    requireSample(y);
    for (const [i, xi] of x.entries()) {
      for (let j = i + 1; j < x.length; j += 1) {
        const run = (x[j] ?? Number.NaN) - xi;
        if (run !== 0) slopes.push(((y[j] ?? Number.NaN) - (y[i] ?? Number.NaN)) / run);
      }
    }
  }
  if (slopes.length > 0) return slopes;
  throw new InputError({
    code: 'points-unusable',
    what: 'no line can be laid through these points',
    given: `${x.length} x (${new Set(x).size} different) and ${y.length} y`,
    expected: 'as many y as x, and at least two different x',
  });
}

function requireSample(values: readonly number[]): void {
  const position = values.findIndex((value) => !Number.isFinite(value));
  if (position >= 0) {
    throw new InputError({
      code: 'sample-not-finite',
      what: 'a statistic was asked of data that are not all finite',
      given: `${String(values[position])} at position ${position} of ${values.length}`,
      todo: 'report such values, or take them out where they are known to be missing',
    });
  }
  if (values.length === 0) {
    throw new InputError({ code: 'sample-empty', what: 'a statistic was asked of no data' });
  }
}
