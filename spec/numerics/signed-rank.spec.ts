import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/numerics/holm.ts';
import { signedRank } from '../../src/numerics/signed-rank.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';

// Nine patients before and after a treatment (Hollander and Wolfe 1973, p. 29), the example of R's wilcox.test.
const BEFORE = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
const DIFFERENCES = BEFORE.map((value, index) => value - (AFTER[index] ?? Number.NaN));

/** The probability of ranks as uneven as these, by all signs there are. */
function enumerated(differences: readonly number[]): number {
  const sizes = differences.filter((one) => one !== 0).map(Math.abs);
  const rank = (size: number): number =>
    (sizes.filter((one) => one < size).length + sizes.filter((one) => one <= size).length + 1) / 2;
  const ranks = sizes.map(rank);
  const middle = ranks.reduce((sum, one) => sum + one, 0) / 2;
  const signed = differences.filter((one) => one !== 0).map((one) => (one > 0 ? 1 : 0));
  const distance = (signs: readonly number[]): number =>
    Math.abs(signs.reduce((sum, sign, index) => sum + sign * (ranks[index] ?? 0), 0) - middle);
  const count = 2 ** ranks.length;
  const beyond = Array.from({ length: count }, (_, bits) => ranks.map((_rank, index) => (bits >> index) & 1));
  return beyond.filter((signs) => distance(signs) >= distance(signed)).length / count;
}

describe('signed ranks', () => {
  it('are those of R for the example of its documentation', () => {
    const { centre, lower, upper, pValue } = signedRank(DIFFERENCES, { confidence: 0.95 });
    expect(pValue).toBeCloseTo(0.0390625, 12);
    expect(centre).toBeCloseTo(0.46, 12);
    expect(lower).toBeCloseTo(0.01, 12);
    expect(upper).toBeCloseTo(0.786, 12);
  });

  it('the example of the documentation', () => {
    expect(signedRank([1, 2, 3], { confidence: 0.75 })).toMatchObject({ centre: 2, pValue: 0.25 });
  });

  it('have the probability that counting all signs gives, with ties and zeros too', () => {
    const differences = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(differences, (values) => {
        expect(signedRank(values, { confidence: 0.9 }).pValue).toBeCloseTo(enumerated(values), 12);
      }),
    );
  });

  it('move with the differences, and turn with their sign', () => {
    const differences = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 14 });
    fc.assert(
      fc.property(differences, fc.integer({ min: -50, max: 50 }), (values, shift) => {
        const one = signedRank(values, { confidence: 0.9 });
        const moved = signedRank(
          values.map((value) => value + shift),
          { confidence: 0.9 },
        );
        const turned = signedRank(
          values.map((value) => -value),
          { confidence: 0.9 },
        );
        expect(moved.centre).toBeCloseTo(one.centre + shift, 9);
        expect(turned.lower).toBeCloseTo(-one.upper, 9);
        expect(turned.pValue).toBeCloseTo(one.pValue, 12);
      }),
    );
  });

  it('the interval holds the centre as often as it says', () => {
    const sample = normals(streamOf('signed ranks'), 12 * 400);
    const held = Array.from({ length: 400 }, (_, index) => {
      const { lower, upper } = signedRank([...sample.slice(12 * index, 12 * index + 12)], {
        confidence: 0.95,
      });
      return lower <= 0 && 0 <= upper;
    }).filter(Boolean).length;
    // 95.8 % of 400 are 383 with a deviation of 4; four of them either way.
    expect(held).toBeGreaterThan(367);
    expect(held).toBeLessThan(399);
  });

  it('say nothing with too few differences, and refuse none', () => {
    expect(signedRank([1, 2], { confidence: 0.95 })).toMatchObject({ lower: -Infinity, upper: Infinity });
    expect(() => signedRank([], { confidence: 0.95 })).toThrow('sample-empty');
    expect(() => signedRank([1], { confidence: 1 })).toThrow('confidence-range');
  });
});

describe('holm', () => {
  it('the example of the documentation, in the order given', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  });

  it('is between no correction and that of Bonferroni, and keeps the order', () => {
    const family = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(family, (pValues) => {
        const adjusted = holm(pValues);
        for (const [index, value] of pValues.entries()) {
          expect(adjusted[index]).toBeGreaterThanOrEqual(value);
          expect(adjusted[index]).toBeLessThanOrEqual(Math.min(1, pValues.length * value));
          for (const [other, than] of pValues.entries())
            if (value < than) expect(adjusted[index]).toBeLessThanOrEqual(adjusted[other] ?? Number.NaN);
        }
      }),
    );
  });
});
