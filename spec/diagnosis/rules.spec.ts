import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ThinnedPoints } from '../../src/diagnosis/evidence/thinned-points.ts';
import { beyond } from '../../src/diagnosis/rules/beyond.ts';
import { longestStretchOf, onsetOf, stretchOf } from '../../src/diagnosis/rules/stretch.ts';
import { seriesOf } from './run-of.ts';

const pointsOf = (values: readonly number[]) => seriesOf('loss', values).points;
const isBad = (value: number): boolean => value > 0;

describe('a stretch', () => {
  test('begins at the first of enough bad points in succession, behind the last good one', () => {
    const stretch = stretchOf(pointsOf([0, 1, 0, 0, 1, 1, 1, 0]), isBad, { length: 3 });
    expect(stretch && onsetOf(stretch)).toEqual({ onset: { after: 3, by: 4 }, until: 7 });
  });

  test('is none where too few are bad', () => {
    expect(stretchOf(pointsOf([0, 1, 1, 0, 1, 1]), isBad, { length: 3 })).toBeUndefined();
  });

  test('may be interrupted by as much as is allowed', () => {
    const stretch = stretchOf(pointsOf([0, 1, 0, 1, 1, 1]), isBad, { length: 4, share: 0.75 });
    expect(stretch?.bad.map(({ step }) => step)).toEqual([1, 3, 4, 5]);
    expect(stretch?.until).toBeUndefined();
  });

  test('the longest is the one with most bad points', () => {
    const stretch = longestStretchOf(pointsOf([1, 0, 0, 1, 1, 1, 0]), isBad, { length: 1 });
    expect(stretch?.bad.map(({ step }) => step)).toEqual([3, 4, 5]);
  });
});

describe('a limit', () => {
  const limits = { side: 'above', sick: 10, suspect: 5, length: 2 } as const;

  test('of sick comes before that of suspect', () => {
    expect(beyond(seriesOf('kl', [1, 11, 12, 11]), limits)).toMatchObject([{ severity: 'sick' }]);
    expect(beyond(seriesOf('kl', [1, 6, 7, 6]), limits)).toMatchObject([{ severity: 'suspect' }]);
    expect(beyond(seriesOf('kl', [1, 4, 5, 4]), limits)).toEqual([]);
  });

  test('that is kept again weighs less', () => {
    expect(beyond(seriesOf('kl', [1, 11, 12, 1, 1]), limits)).toMatchObject([
      { severity: 'suspect', until: 3 },
    ]);
  });

  test('says when it was first passed, also where the beginning is not judged', () => {
    const series = seriesOf('kl', [1, 11, 12, 11, 12]);
    const [found] = beyond(series, { ...limits, points: series.points.slice(3) });
    expect(found?.onset).toEqual({ after: 0, by: 1 });
  });
});

describe('a long series', () => {
  test('keeps its extremes, in order, in bounded memory', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 60 }),
        (values, times) => {
          const all = Array.from({ length: times }, () => values).flat();
          const kept = new ThinnedPoints();
          for (const point of pointsOf(all)) kept.take(point);
          const left = kept.all();
          expect(left.length).toBeLessThanOrEqual(2050);
          expect(Math.max(...left.map(({ value }) => value))).toBe(Math.max(...all));
          expect(Math.min(...left.map(({ value }) => value))).toBe(Math.min(...all));
          const steps = left.map(({ step }) => step);
          expect(steps).toEqual([...steps].sort((a, b) => a - b));
          if (all.length <= 2000) expect(left).toHaveLength(all.length);
        },
      ),
    );
  });

  test('gives back what a resume replaces', () => {
    const kept = new ThinnedPoints();
    for (const point of pointsOf([5, 4, 3, 2])) kept.take(point);
    kept.cutFrom(2);
    expect(kept.all().map(({ value }) => value)).toEqual([5, 4]);
  });
});
