import { describe, expect, it } from 'vitest';
import {
  assetPoints,
  DOCUMENTED_GRID,
  inequalityOf,
  rootIn,
  stationaryAgents,
} from '../../../../src/models/bewley/reference/index.ts';

describe('assetPoints', () => {
  it('are those of the documented grid, and more beyond on demand', () => {
    const points = assetPoints(DOCUMENTED_GRID);
    expect(points).toHaveLength(220);
    expect(points[0]).toBe(0);
    expect(points[1]).toBeCloseTo(80 / 219 ** 2.5, 12);
    expect(points.at(-1)).toBe(80);
    const wider = assetPoints(DOCUMENTED_GRID, 1000);
    expect(wider.subarray(0, 220)).toEqual(points);
    expect(wider.at(-1)).toBeGreaterThanOrEqual(1000);
    wider.forEach((point, index) => {
      expect(point).toBeGreaterThan(wider[index - 1] ?? -1);
    });
  });

  it.each([{ points: 5 }, { top: 0 }, { exponent: 0.5 }, { top: Infinity }])('refuse %j', (change) => {
    expect(() => assetPoints({ ...DOCUMENTED_GRID, ...change })).toThrow(/grid-invalid/);
  });
});

describe('inequalityOf', () => {
  it('is 0 among equals', () => {
    const { gini, topShares } = inequalityOf([{ owned: 3, share: 1 }]);
    expect(gini).toBeCloseTo(0, 14);
    expect(topShares.top10).toBeCloseTo(0.1, 14);
  });

  it('is 1 − p where a share p owns everything', () => {
    const { gini, topShares } = inequalityOf([
      { owned: 8, share: 0.03 },
      { owned: 0, share: 0.97 },
    ]);
    expect(gini).toBeCloseTo(0.97, 14);
    expect(topShares.top5).toBeCloseTo(1, 14);
    expect(topShares.top1).toBeCloseTo(1 / 3, 12);
  });

  it('is a third for a uniform law', () => {
    const holdings = Array.from({ length: 2000 }, (_, index) => ({ owned: index, share: 1 / 2000 }));
    expect(inequalityOf(holdings).gini).toBeCloseTo(1 / 3, 3);
  });
});

describe('rootIn', () => {
  it.each([
    [(x: number) => x ** 3 - 2, 0, 5, Math.cbrt(2)],
    [(x: number) => Math.tanh(50 * (x - 0.3)), -9, 8, 0.3],
    [(x: number) => Math.exp(-x) - 1e-3, -40, 60, Math.log(1000)],
    [(x: number) => (x < 1 ? -1 : 1), 0, 3, 1],
  ])('finds the root of %s', (f, low, high, root) => {
    let calls = 0;
    const counted = (x: number): number => {
      calls += 1;
      return f(x);
    };
    const found = rootIn(counted, { low, high, atLow: f(low), atHigh: f(high) }, 1e-14);
    expect(found.x).toBeCloseTo(root, 10);
    expect(calls).toBeLessThan(120);
  });
});

describe('the distribution of agents', () => {
  const assets = Float64Array.of(0, 1, 3);
  const chain = {
    abilities: [1, 2],
    shares: [0.4, 0.6],
    transition: [
      [0.7, 0.3],
      [0.2, 0.8],
    ],
    hasStar: false,
  };

  it('is the one that its own step leaves alone, with the mean of what is saved', () => {
    const saved = Float64Array.of(0, 0.4, 2, 1, 2.5, 3);
    const guess = Float64Array.of(0.4, 0, 0, 0.6, 0, 0);
    const { mass } = stationaryAgents(chain, assets, saved, guess, 1e-15);
    const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
    expect(total(mass)).toBeCloseTo(1, 12);
    expect(total(mass.subarray(0, 3))).toBeCloseTo(0.4, 12);
    const owned = mass.reduce((sum, share, index) => sum + share * (assets[index % 3] ?? Number.NaN), 0);
    const kept = mass.reduce((sum, share, index) => sum + share * (saved[index] ?? Number.NaN), 0);
    expect(owned).toBeCloseTo(kept, 12);
  });

  it('ends at the last point for who saves more', () => {
    const saved = Float64Array.of(9, 9, 9, 9, 9, 9);
    const { mass } = stationaryAgents(chain, assets, saved, Float64Array.of(0.4, 0, 0, 0.6, 0, 0), 1e-15);
    expect([...mass]).toEqual([0, 0, expect.closeTo(0.4, 12), 0, 0, expect.closeTo(0.6, 12)]);
  });
});
