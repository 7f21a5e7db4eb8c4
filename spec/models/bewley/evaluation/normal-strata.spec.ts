import { describe, expect, it } from 'vitest';
import { normalStrata } from '../../../../src/models/bewley/evaluation/index.ts';

describe('normalStrata', () => {
  const mean = (points: Float64Array, of: (x: number) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;

  it('meets mean, variance and skewness of the normal law, and nearly its kurtosis', () => {
    const points = normalStrata(64);
    expect(mean(points, (x) => x)).toBeCloseTo(0, 12);
    expect(mean(points, (x) => x * x)).toBeCloseTo(1, 12);
    expect(mean(points, (x) => x ** 3)).toBeCloseTo(0, 12);
    expect(mean(points, (x) => x ** 4)).toBeCloseTo(2.87, 2);
    expect([...points]).toEqual([...points].sort((a, b) => a - b));
  });

  it.each([0.1, 0.3])('integrates e^(%d ε) to what its missing kurtosis leaves', (slope) => {
    const points = normalStrata(64);
    const exact = Math.exp((slope * slope) / 2);
    const error = Math.abs(mean(points, (x) => Math.exp(slope * x)) / exact - 1);
    const kurtosis = mean(points, (x) => x ** 4);
    expect(error).toBeLessThan((1.1 * slope ** 4 * (3 - kurtosis)) / 24);
    expect(error).toBeLessThan(6e-5);
  });

  it('is −1 and 1 of two, and 0 of one', () => {
    expect(Array.from(normalStrata(2), (x) => x.toFixed(9))).toEqual(['-1.000000000', '1.000000000']);
    expect([...normalStrata(1)]).toEqual([0]);
  });
});
