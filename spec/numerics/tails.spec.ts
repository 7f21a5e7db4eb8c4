import { erf } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { SuiteError } from '../../src/errors.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { chiSquareBounds, normalCriticalValue, normalQuantile } from '../../src/numerics/tails.ts';

describe('quantiles of the normal distribution', () => {
  it.each([
    [1e-300, -37.0470962993612],
    [5e-13, -7.130506848171324],
    [5e-10, -6.1094102048693975],
    [5e-7, -4.89163847569859],
    [0.025, -1.9599639845400543],
    [0.1, -1.2815515655446004],
    [0.3, -0.5244005127080408],
    [0.6, 0.2533471031357997],
    [0.975, 1.9599639845400538],
    [0.999999, 4.753424308817088],
  ])('at %d is what mpmath computes with 50 digits', (p, expected) => {
    expect(Math.abs(normalQuantile(p) / expected - 1)).toBeLessThan(1e-15);
  });

  it('at 1/2 is 0', () => {
    expect(normalQuantile(0.5)).toBe(0);
  });

  it('inverts the distribution function, across the seams of the approximation', () => {
    for (let p = 0.001; p < 0.9995; p += 0.001) {
      const back = (1 + erf(normalQuantile(p) / Math.SQRT2)) / 2;
      expect(Math.abs(back - p)).toBeLessThan(1e-15);
    }
  });

  it('leaves the tails that an independent series gives, down to 1e-200', () => {
    for (let exponent = 2; exponent <= 200; exponent += 1) {
      const p = 10 ** -exponent;
      // d ln(tail)/dz is about −z: this is the error of the quantile relative to itself, times z².
      const z = -normalQuantile(p);
      expect(Math.abs(Math.log(normalTail(z) / p))).toBeLessThan(2e-15 * (1 + z * z));
    }
  });

  it('give critical values of two-sided tests', () => {
    expect(normalCriticalValue(0.05)).toBeCloseTo(1.9599639845400543, 15);
    expect(normalCriticalValue(1e-12)).toBeCloseTo(7.130506848171324, 13);
  });

  it.each([0, 1, -1, 2, Number.NaN])('do not exist for %d', (p) => {
    expect(() => normalQuantile(p)).toThrow(SuiteError);
    expect(() => normalCriticalValue(p)).toThrow(SuiteError);
    expect(() => chiSquareBounds(5, p)).toThrow(SuiteError);
  });

  it('are kept by simulated numbers', () => {
    const draws = normals(streamOf('tails'), 200_000);
    for (const rate of [0.3, 0.05, 0.001]) {
      const outside = draws.filter((z) => Math.abs(z) > normalCriticalValue(rate)).length;
      const deviation = Math.sqrt(draws.length * rate * (1 - rate));
      expect(Math.abs(outside - draws.length * rate)).toBeLessThan(normalCriticalValue(1e-6) * deviation);
    }
  });
});

describe('bounds of the χ² distribution', () => {
  /** Quantiles at rate/2 and 1 − rate/2 by SciPy. */
  const QUANTILES = [
    [5, 0.05, 0.8312116134866625, 12.83250199403003],
    [5, 1e-9, 0.0006155830774354615, 52.160907485081445],
    [100, 0.05, 74.22192747492373, 129.5611971858366],
    [100, 1e-9, 36.1252571120396, 211.87333380051464],
    [1501, 0.05, 1395.5192485544442, 1610.2690000776222],
    [1501, 1e-9, 1190.0883025623993, 1860.3157825543574],
  ] as const;

  it.each(QUANTILES)(
    'with %d degrees of freedom at rate %d are outside the quantiles',
    (n, rate, low, high) => {
      const { lower, upper } = chiSquareBounds(n, rate);
      expect(lower).toBeLessThanOrEqual(low);
      expect(upper).toBeGreaterThanOrEqual(high);
      // And not far: twice as far at most.
      expect(upper - n).toBeLessThan(2.1 * (high - n));
      expect(lower).toBeGreaterThanOrEqual(0);
    },
  );

  it('the example of the documentation', () => {
    const { lower, upper } = chiSquareBounds(100, 0.05);
    expect(lower).toBeCloseTo(61.6, 1);
    expect(upper).toBeCloseTo(145.8, 1);
  });

  it.each([1, 2, 7, 60])('are left by at most the share that they say, with %d degrees of freedom', (n) => {
    const [rate, trials] = [0.2, 4_000];
    const stream = streamOf('chi-square').split(n);
    const { lower, upper } = chiSquareBounds(n, rate);
    let outside = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const square = normals(stream, n).reduce((sum, z) => sum + z * z, 0);
      if (square < lower || square > upper) outside += 1;
    }
    const error = normalCriticalValue(1e-6) * Math.sqrt((rate * (1 - rate)) / trials);
    expect(outside / trials).toBeLessThan(rate + error);
  });

  it.each([0, -1, Number.NaN])('do not exist for %d degrees of freedom', (n) => {
    expect(() => chiSquareBounds(n, 0.1)).toThrow(SuiteError);
  });
});

/** P(Z > z) for z ≥ 2 by Laplace's continued fraction, φ(z)/(z + 1/(z + 2/(z + 3/(z + …)))). */
function normalTail(z: number): number {
  let fraction = z;
  for (let k = 300; k >= 1; k -= 1) fraction = z + k / fraction;
  return Math.exp((-z * z) / 2) / (Math.sqrt(2 * Math.PI) * fraction);
}
