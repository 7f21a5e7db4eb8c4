import { binomialDivergence, largestDivergence } from '../../src/numerics/goodness-of-fit.ts';
import { chiSquareBounds, normalCriticalValue } from '../../src/numerics/tails.ts';
import type { Measurement } from '../../src/verification/measurement.ts';

/** Chance that a correct subject is rejected by one statistic. */
export const FALSE_ALARM = 1e-9;

/** Independent draws that should come from N(0, 1): their mean, and the sum of their squares. */
export function looksStandardNormal(quantity: string, draws: readonly number[]): readonly Measurement[] {
  const count = draws.length;
  const sum = draws.reduce((total, value) => total + value, 0);
  const squares = draws.reduce((total, value) => total + value * value, 0);
  const { lower, upper } = chiSquareBounds(Math.max(1, count), FALSE_ALARM);
  return [
    {
      quantity: `mean of ${quantity}, in standard errors`,
      // NaN for none: a law that found nothing to judge has judged nothing.
      measured: Math.abs(sum) / Math.sqrt(count),
      allowed: normalCriticalValue(FALSE_ALARM),
      got: `${(sum / count).toFixed(3)} over ${count}`,
      expected: '0',
    },
    {
      quantity: `mean square of ${quantity}, as a sum over ${count}`,
      measured: Math.abs(squares - count),
      allowed: squares > count ? upper - count : count - lower,
      got: (squares / count).toFixed(3),
      expected: '1',
    },
  ];
}

/**
 * Draws that should be N(0, 1) whatever `known` is, period by period. In each, Σ draw·known/√Σ known² is exactly N(0, 1)
 * given the known, whatever came before; the sum over S periods over √S is so too.
 */
export function looksUncorrelated(
  quantity: string,
  draws: readonly (readonly number[])[],
  known: readonly (readonly number[])[],
): Measurement {
  const scores = draws.map((period, index) => {
    const weights = known[index] ?? [];
    const cross = period.reduce((sum, draw, agent) => sum + draw * (weights[agent] ?? Number.NaN), 0);
    return cross / Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
  });
  return {
    quantity: `correlation of ${quantity}, in standard errors`,
    measured: Math.abs(scores.reduce((sum, score) => sum + score, 0)) / Math.sqrt(scores.length),
    allowed: normalCriticalValue(FALSE_ALARM),
  };
}

/** A number of successes among trials that each have probability p. */
export function happensWith(quantity: string, count: number, trials: number, p: number): Measurement {
  return {
    quantity,
    measured: binomialDivergence(count, trials, p),
    allowed: largestDivergence(FALSE_ALARM),
    got: `${count} of ${trials}`,
    expected: `a share of ${p.toPrecision(3)}`,
  };
}
