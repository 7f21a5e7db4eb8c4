import { describe, expect, test } from 'vitest';
import { binomialTail, Coverage } from '../../src/verification/coverage.ts';

describe('the tail of the binomial distribution', () => {
  test('of few trials is that of the table', () => {
    expect(binomialTail(0, 3, 0.5)).toBeCloseTo(1 / 8, 14);
    expect(binomialTail(1, 3, 0.5)).toBeCloseTo(1 / 2, 14);
    expect(binomialTail(2, 4, 0.25)).toBeCloseTo(243 / 256, 14);
    expect(binomialTail(7, 7, 0.9)).toBeCloseTo(1, 14);
  });

  test('of many trials does not underflow: the median of 2001 fair coins', () => {
    expect(binomialTail(1000, 2001, 0.5)).toBeCloseTo(0.5, 9);
    expect(binomialTail(680, 1000, 0.6)).toBeGreaterThan(0.999);
    expect(binomialTail(500, 1000, 0.6)).toBeLessThan(1e-6);
  });
});

test('a share above its minimum is not missed, however many cases there are', () => {
  const coverage = new Coverage<number>([{ label: 'small', minimumShare: 0.6, shows: (x) => x < 0.68 }]);
  for (let index = 0; index < 5_000; index += 1) coverage.count(index / 5_000);
  expect(coverage.missed()).toEqual([]);
});
