import { describe, expect, it } from 'vitest';
import {
  afterTax,
  beforeTax,
  marginalRetention,
  taxOn,
} from '../../../../src/models/bewley/reference/index.ts';

const SCHEDULES = [
  { tau: 0.2, xi: 0.5 },
  { tau: 0.263, xi: 0.049 },
  { tau: 0.2, xi: 0 },
  { tau: -0.3, xi: 0.2 },
];

describe.each(SCHEDULES)('the schedule τ = $tau, ξ = $xi', (schedule) => {
  it.each([0.01, 0.7, 1, 30, 1e4])('keeps at the margin the derivative of what it keeps, at %f', (x) => {
    const step = 1e-5 * x;
    const slope = (afterTax(schedule, x + step) - afterTax(schedule, x - step)) / (2 * step);
    expect(marginalRetention(schedule, x) / slope).toBeCloseTo(1, 8);
    expect(taxOn(schedule, x) + afterTax(schedule, x)).toBeCloseTo(x, 10);
    expect(beforeTax(schedule, afterTax(schedule, x)) / x).toBeCloseTo(1, 12);
  });

  it('keeps nothing of nothing', () => {
    expect(afterTax(schedule, 0)).toBe(0);
    expect(marginalRetention(schedule, 0)).toBe(schedule.xi === 0 ? 1 - schedule.tau : Infinity);
  });
});

describe('a tax', () => {
  it('is none only when both τ and ξ are 0', () => {
    expect(taxOn({ tau: 0, xi: 0 }, 7)).toBe(0);
    expect(taxOn({ tau: 0, xi: 0.1 }, 7)).not.toBe(0);
  });

  it('gives below x* = ((1−τ)/(1−ξ))^(1/ξ), and takes above', () => {
    const schedule = { tau: 0.2, xi: 0.5 };
    const edge = (0.8 / 0.5) ** 2;
    expect(taxOn(schedule, edge)).toBeCloseTo(0, 14);
    expect(taxOn(schedule, 0.9 * edge)).toBeLessThan(0);
    expect(taxOn(schedule, 1.1 * edge)).toBeGreaterThan(0);
  });
});
