import { describe, expect, it } from 'vitest';
import { normalDistribution, normalQuantile } from '../../src/numerics/index.ts';

describe('normalDistribution', () => {
  it('is the inverse of the quantile', () => {
    for (const p of [1e-6, 0.001, 0.2, 0.5, 0.9, 0.999]) {
      expect(Math.abs(normalDistribution(normalQuantile(p)) - p)).toBeLessThan(2e-15);
    }
  });

  it('has its limits', () => {
    expect(normalDistribution(-40)).toBe(0);
    expect(normalDistribution(40)).toBe(1);
    expect(normalDistribution(0)).toBe(0.5);
  });
});
