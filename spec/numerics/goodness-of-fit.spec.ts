import { describe, expect, it } from 'vitest';
import {
  binomialDivergence,
  kolmogorovDistance,
  largestDistance,
  largestDivergence,
  largestMean,
  streamOf,
  uniforms,
} from '../../src/numerics/index.ts';

const REPEATS = 2_000;

describe('binomialDivergence', () => {
  it('is 0 at the expected count, and n times the relative entropy elsewhere', () => {
    expect(binomialDivergence(50, 100, 0.5)).toBe(0);
    expect(binomialDivergence(75, 100, 0.5)).toBeCloseTo(75 * Math.log(1.5) + 25 * Math.log(0.5), 12);
    expect(binomialDivergence(0, 10, 0.2)).toBeCloseTo(-10 * Math.log(0.8), 12);
    expect(binomialDivergence(0, 0, 0.2)).toBe(0);
  });

  it('is infinite for what cannot happen, and NaN for no count', () => {
    expect(binomialDivergence(1, 10, 0)).toBe(Infinity);
    expect(binomialDivergence(9, 10, 1)).toBe(Infinity);
    expect(binomialDivergence(0, 10, 0)).toBe(0);
    expect(binomialDivergence(Number.NaN, 10, 0.5)).toBeNaN();
  });

  it('keeps its error rate, and is not far above it', () => {
    const stream = streamOf('binomial');
    let alarms = 0;
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const count = uniforms(stream, 60).filter((draw) => draw < 0.1).length;
      if (binomialDivergence(count, 60, 0.1) > largestDivergence(0.2)) alarms += 1;
    }
    expect(alarms / REPEATS).toBeLessThan(0.2);
    expect(alarms / REPEATS).toBeGreaterThan(0.01);
  });
});

describe('kolmogorovDistance', () => {
  const uniform = (x: number): number => Math.min(1, Math.max(0, x));

  it('is the largest step or gap between two distribution functions', () => {
    expect(kolmogorovDistance([0.5], uniform)).toBe(0.5);
    expect(kolmogorovDistance([0.875, 0.125], uniform)).toBe(0.375);
    expect(kolmogorovDistance([2, 3], uniform)).toBe(1);
  });

  it('tells nothing of no sample, or of one that is not all numbers', () => {
    expect(kolmogorovDistance([], uniform)).toBeNaN();
    expect(kolmogorovDistance([0.1, Number.NaN], uniform)).toBeNaN();
  });

  it('keeps its error rate, and is not far above it', () => {
    const stream = streamOf('kolmogorov');
    let alarms = 0;
    for (let repeat = 0; repeat < REPEATS; repeat += 1)
      if (kolmogorovDistance(uniforms(stream, 50), uniform) > largestDistance(50, 0.2)) alarms += 1;
    expect(alarms / REPEATS).toBeLessThan(0.2);
    expect(alarms / REPEATS).toBeGreaterThan(0.1);
  });
});

describe('largestMean', () => {
  it('is exceeded by coins less often than it says, and is exceeded', () => {
    const stream = streamOf('mean');
    let alarms = 0;
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const mean = uniforms(stream, 40).reduce((sum, draw) => sum + (draw < 0.5 ? -3 : 3), 0) / 40;
      if (Math.abs(mean) > largestMean(3, 40, 0.2)) alarms += 1;
    }
    expect(alarms / REPEATS).toBeLessThan(0.2);
    expect(alarms / REPEATS).toBeGreaterThan(0.02);
  });
});
