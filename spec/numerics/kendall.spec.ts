import { describe, expect, it } from 'vitest';
import { kendallRank } from '../../src/numerics/kendall.ts';

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index);

describe('the rank of Kendall’s test', () => {
  /** P(D ≤ d) by going through all 6! and 8! permutations. */
  const ENUMERATED = {
    6: [0.001388888888888889, 0.008333333333333333, 0.027777777777777776, 0.06805555555555555],
    8: [2.48015873015873e-5, 0.0001984126984126984, 0.0008680555555555555, 0.0027529761904761907],
  } as const;

  it.each([6, 8] as const)('of %d values is that of the enumerated permutations', (n) => {
    ENUMERATED[n].forEach((probability, discordant) => {
      expect(kendallRank(upTo(n), probability * (1 + 1e-12))).toBe(discordant + 1);
      expect(kendallRank(upTo(n), probability * (1 - 1e-12))).toBe(discordant);
    });
  });

  /** The largest M with P(D < M) ≤ rate, from counts of permutations in whole numbers (Python). */
  const COUNTED = [
    [60, 0.1, 784],
    [60, 0.001, 645],
    [60, 1e-6, 523],
    [100, 0.1, 2260],
    [100, 0.001, 1959],
    [100, 1e-6, 1691],
    [101, 0.1, 2306],
    [101, 0.001, 2001],
    [101, 1e-6, 1729],
    [200, 0.1, 9343],
    [200, 0.001, 8492],
    [200, 1e-6, 7721],
  ] as const;

  it.each(COUNTED)('of %d values at rate %d is counted, or just below', (n, rate, counted) => {
    const rank = kendallRank(upTo(n), rate);
    if (n <= 100) expect(rank).toBe(counted);
    expect(rank).toBeLessThanOrEqual(counted);
    expect(rank).toBeGreaterThan(0.99 * counted);
  });

  it('is 0 where even no discordant pair is too likely', () => {
    expect(kendallRank(upTo(3), 0.1)).toBe(0);
    expect(kendallRank([1, 1, 1, 2], 0.01)).toBe(0);
  });
});
