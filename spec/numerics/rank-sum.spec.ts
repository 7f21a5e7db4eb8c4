import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankSum } from '../../src/numerics/rank-sum.ts';
import { tiedRanks } from '../../src/numerics/tied-ranks.ts';

// Permeability of a membrane at term and at 12 to 26 weeks (Hollander and Wolfe 1973, p. 69), the example of R's wilcox.test.
const TERM = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const EARLY = [1.15, 0.88, 0.9, 0.74, 1.21];

/** By all choices of so many ranks. */
function enumerated(first: readonly number[], second: readonly number[]): number {
  const ranks = tiedRanks([...first, ...second]);
  const sums = Array.from({ length: 2 ** ranks.length }, (_, bits) =>
    ranks.filter((_rank, index) => ((bits >> index) & 1) === 1),
  )
    .filter((chosen) => chosen.length === first.length)
    .map((chosen) => chosen.reduce((sum, rank) => sum + rank, 0));
  const observed = ranks.slice(0, first.length).reduce((sum, rank) => sum + rank, 0);
  const share = (holds: (sum: number) => boolean): number => sums.filter(holds).length / sums.length;
  return Math.min(
    1,
    2 *
      Math.min(
        share((sum) => sum <= observed),
        share((sum) => sum >= observed),
      ),
  );
}

describe('rank sums', () => {
  it('are those of R for the example of its documentation', () => {
    const { pValue, centre, lower, upper } = rankSum(TERM, EARLY, { confidence: 0.95 });
    // One-sided 0.1272 there.
    expect(pValue).toBeCloseTo(0.2544, 4);
    expect(centre).toBeCloseTo(0.305, 12);
    expect(lower).toBeCloseTo(-0.15, 12);
    expect(upper).toBeCloseTo(0.76, 12);
  });

  it('the example of the documentation', () => {
    const { centre, pValue } = rankSum([4, 5, 6], [1, 2, 3], { confidence: 0.8 });
    expect(centre).toBe(3);
    expect(pValue).toBeCloseTo(0.1, 12);
  });

  it('have the probability that counting all choices gives, with ties too', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        expect(rankSum(first, second, { confidence: 0.9 }).pValue).toBeCloseTo(enumerated(first, second), 10);
      }),
    );
  });

  it('turn with the samples', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const one = rankSum(first, second, { confidence: 0.9 });
        const turned = rankSum(second, first, { confidence: 0.9 });
        expect(turned.centre).toBeCloseTo(-one.centre, 10);
        expect(turned.lower).toBeCloseTo(-one.upper, 10);
        expect(turned.pValue).toBeCloseTo(one.pValue, 10);
      }),
    );
  });

  it('the example of tied ranks', () => {
    expect(tiedRanks([3, 1, 3])).toEqual([5, 2, 5]);
  });
});
