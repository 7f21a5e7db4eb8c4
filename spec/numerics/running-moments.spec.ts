import { describe, expect, it } from 'vitest';
import { addRows, columnMoments, noMoments } from '../../src/numerics/running-moments.ts';
import { streamOf } from '../../src/numerics/stream.ts';

describe('columnMoments', () => {
  it('is mean and variance by n of one column', () => {
    const rows = [1, 10, 3, 20, 8, 60];
    expect(columnMoments(rows, 0, 2)).toEqual({ mean: 4, variance: 26 / 3 });
    expect(columnMoments(rows, 1, 2)).toEqual({ mean: 30, variance: 1400 / 3 });
  });

  it('keeps a small variance beside a large mean', () => {
    expect(columnMoments([1e9 + 1, 1e9 + 2, 1e9 + 3]).variance).toBe(2 / 3);
  });
});

describe('addRows', () => {
  it('begins with mean 0 and variance 1, of which nothing is left after the first rows', () => {
    expect(noMoments(2)).toEqual({
      count: 0,
      mean: new Float64Array(2),
      variance: new Float64Array([1, 1]),
    });
    expect(addRows(noMoments(1), [1, 3])).toEqual({
      count: 2,
      mean: new Float64Array([2]),
      variance: new Float64Array([1]),
    });
  });

  it('gives the moments of all rows, however they were grouped', () => {
    const random = streamOf(3);
    const rows = Float64Array.from({ length: 2 * 41 }, (_, at) => 100 * (at % 2) + random.normal());
    const grouped = [0, 1, 2, 9, 40].reduce(
      (past, from, index, starts) => addRows(past, rows.subarray(2 * from, 2 * (starts[index + 1] ?? 41))),
      noMoments(2),
    );
    expect(grouped.count).toBe(41);
    for (const column of [0, 1]) {
      const { mean, variance } = columnMoments(rows, column, 2);
      expect(grouped.mean[column]).toBeCloseTo(mean, 10);
      expect(grouped.variance[column]).toBeCloseTo(variance, 10);
    }
  });

  it('is unchanged by no rows, and by what it was made of', () => {
    const past = addRows(noMoments(1), [1, 3]);
    expect(addRows(past, [])).toBe(past);
    addRows(past, [7]);
    expect(past.mean).toEqual(new Float64Array([2]));
  });
});
