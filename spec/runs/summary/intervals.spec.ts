import { describe, expect, test } from 'vitest';
import { Intervals } from '../../../src/runs/summary/intervals.ts';

function intervalsOf(steps: readonly number[]): Intervals {
  const intervals = new Intervals();
  steps.forEach((step, index) => {
    if (index > 0) intervals.take(steps[index - 1] ?? 0, step);
  });
  return intervals;
}

describe('Intervals', () => {
  test('finds the usual interval and the gaps, however long the series', () => {
    const steps = Array.from({ length: 100_000 }, (_, index) => 10 * index + (index > 70_000 ? 5_000 : 0));
    const intervals = intervalsOf(steps);
    expect(intervals.median()).toBe(10);
    expect(intervals.gaps()).toEqual([{ from: 700_000, to: 705_010 }]);
  });

  test('rows of one step have no interval', () => {
    expect(intervalsOf([1, 1, 1]).median()).toBeUndefined();
    expect(intervalsOf([1, 1, 1]).gaps()).toEqual([]);
  });

  test('lists the five widest, in order', () => {
    const steps = [
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 100, 101, 300, 301, 400, 401, 900, 901, 1000, 1001, 1080,
    ];
    expect(
      intervalsOf(steps)
        .gaps()
        .map(({ from }) => from),
    ).toEqual([13, 101, 301, 401, 901]);
  });
});
