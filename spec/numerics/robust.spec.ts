import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { median, medianAbsoluteDeviation, quantile, theilSen } from '../../src/numerics/robust.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { normalCriticalValue } from '../../src/numerics/tails.ts';

const SAMPLE = [3, 1, 4, 1, 5, 9, 2, 6];
const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('quantiles', () => {
  it.each([
    [0, 1],
    [0.1, 1],
    [0.25, 1.75],
    [0.5, 3.5],
    [0.9, 6.9],
    [1, 9],
  ])('the %d-quantile is that of NumPy', (p, expected) => {
    expect(quantile(SAMPLE, p)).toBeCloseTo(expected, 14);
  });

  it('the examples of the documentation', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1);
  });

  it('leave the sample as it is, and do not depend on its order', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const before = [...values];
        expect(quantile(values.toReversed(), p)).toBe(quantile(values, p));
        expect(values).toEqual(before);
      }),
    );
  });

  it('the median has half of the sample on either side', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = median(values);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

describe('the median absolute deviation', () => {
  it('is that of SciPy, scaled and not', () => {
    expect(medianAbsoluteDeviation(SAMPLE)).toBe(2);
    expect(medianAbsoluteDeviation(SAMPLE, { scaled: true })).toBeCloseTo(2.965204437011204, 14);
  });

  it('estimates the deviation of normal data, whatever a tenth of them is', () => {
    const sample = [...normals(streamOf('deviation'), 4_000)].map((z) => 7 + 3 * z);
    // Asymptotic variance of the estimate: 1.361 σ²/n (Rousseeuw and Croux 1993).
    const limit = normalCriticalValue(1e-6) * 3 * Math.sqrt(1.361 / 4_000);
    expect(Math.abs(medianAbsoluteDeviation(sample, { scaled: true }) - 3)).toBeLessThan(limit);
    const spoilt = sample.map((value, index) => (index % 10 === 0 ? 1e9 : value));
    expect(medianAbsoluteDeviation(spoilt, { scaled: true })).toBeLessThan(4);
  });
});

describe('statistics of what is no sample', () => {
  it.each([[[]], [[1, Number.NaN]], [[1, Infinity]]])('%j is refused', (values) => {
    expect(() => median(values)).toThrow(InputError);
    expect(() => medianAbsoluteDeviation(values)).toThrow(InputError);
    expect(() => theilSen(values, values, { confidence: 0.9 })).toThrow(InputError);
  });

  it.each([-0.1, 1.1, Number.NaN])('the %d-quantile is refused', (p) => {
    expect(() => quantile(SAMPLE, p)).toThrow(InputError);
  });
});

describe('the Theil–Sen line', () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const y = [2.1, 3.9, 6.2, 8.1, 9.7, 12.4, 13.8, 16.5, 17.9, 30];

  it('is that of SciPy', () => {
    const { slope, intercept, lower, upper } = theilSen(x, y, { confidence: 0.9 });
    expect(slope).toBeCloseTo(2.05, 13);
    expect(intercept).toBeCloseTo(-0.025, 13);
    expect(lower).toBeCloseTo(1.95, 13);
    expect(upper).toBeCloseTo(2.266666666666667, 13);
  });

  it('of data with equal x is that of SciPy', () => {
    const { slope, intercept } = theilSen([0, 0, 1, 1, 2, 3, 4, 5], [1, 2, 2, 4, 5, 5, 9, 10], {
      confidence: 0.9,
    });
    expect(slope).toBeCloseTo(5 / 3, 13);
    expect(intercept).toBeCloseTo(5 / 3, 13);
  });

  it('the example of the documentation: one wild point does not move it', () => {
    const { slope, intercept } = theilSen([0, 1, 2, 3, 4], [1, 3, 5, 7, 90], { confidence: 0.9 });
    expect([slope, intercept]).toEqual([2, 1]);
  });

  it('of points on a line is the line, and certain of it', () => {
    const line = x.map((at) => 3 - 0.5 * at);
    expect(theilSen(x, line, { confidence: 0.99 })).toEqual({
      slope: -0.5,
      intercept: 3,
      lower: -0.5,
      upper: -0.5,
    });
  });

  it('turns with the data: y + cx has slope b + c, −y has −b, and 2x has b/2', () => {
    const at = { confidence: 0.9 };
    const { slope, lower, upper } = theilSen(x, y, at);
    const tilted = theilSen(
      x,
      y.map((value, index) => value + 4 * (x[index] ?? 0)),
      at,
    );
    expect(tilted.slope).toBeCloseTo(slope + 4, 12);
    expect(tilted.lower).toBeCloseTo(lower + 4, 12);
    const mirrored = theilSen(
      x,
      y.map((value) => -value),
      at,
    );
    expect([mirrored.slope, mirrored.lower, mirrored.upper]).toEqual([-slope, -upper, -lower]);
    const stretched = theilSen(
      x.map((value) => 2 * value),
      y,
      at,
    );
    expect([stretched.slope, stretched.lower]).toEqual([slope / 2, lower / 2]);
  });

  it('does not claim more confidence than four points give: at most 1 − 2/4!', () => {
    const four = [1, 2, 4, 3];
    expect(theilSen([1, 2, 3, 4], four, { confidence: 0.95 })).toMatchObject({
      lower: -Infinity,
      upper: Infinity,
    });
    expect(theilSen([1, 2, 3, 4], four, { confidence: 0.91 }).lower).toBeGreaterThan(-Infinity);
  });

  it.each([
    { n: 12, equalX: false, least: 0.9, most: 0.94 },
    { n: 12, equalX: true, least: 0.9, most: 0.96 },
    { n: 110, equalX: false, least: 0.9, most: 0.92 },
  ])('covers the true slope as often as it says (n = $n, equal x: $equalX)', ({ n, equalX, least, most }) => {
    const trials = n > 100 ? 600 : 4_000;
    const stream = streamOf('coverage').split(n).split(String(equalX));
    const at = Array.from({ length: n }, (_, index) => (equalX ? Math.floor(index / 3) : index));
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      // Cauchy errors, which have no mean: only their order may matter.
      const values = at.map((value) => 2 * value + Math.tan(Math.PI * (stream.uniform() - 0.5)));
      const { lower, upper } = theilSen(at, values, { confidence: 0.9 });
      if (lower <= 2 && 2 <= upper) covered += 1;
    }
    const error = normalCriticalValue(1e-6) * Math.sqrt((0.9 * 0.1) / trials);
    expect(covered / trials).toBeGreaterThan(least - error);
    expect(covered / trials).toBeLessThan(most + error);
  });

  it.each([
    [[1, 2], [1]],
    [
      [1, 1],
      [1, 2],
    ],
    [[], []],
    [[1], [1]],
  ])('cannot be laid through %j, %j', (xs, ys) => {
    expect(() => theilSen(xs, ys, { confidence: 0.9 })).toThrow(InputError);
  });

  it.each([0, 1, 95, Number.NaN])('has no interval of confidence %d', (confidence) => {
    expect(() => theilSen(x, y, { confidence })).toThrow(InputError);
  });
});
