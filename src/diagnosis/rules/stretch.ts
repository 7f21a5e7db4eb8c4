import type { Point } from '../evidence/series.ts';
import type { Onset } from '../finding.ts';

/** Points, one behind the other, at which something is wrong. */
export interface Stretch {
  /** Those at which it is. */
  readonly bad: readonly [Point, ...Point[]];
  /** The last point before at which it is not. */
  readonly before?: Point;
  /** The point at which it is over; absent where it lasts to the end. */
  readonly until?: Point;
}

export interface StretchOptions {
  /** Points that make a stretch. */
  readonly length: number;
  /** Share of them that must be bad: noise may interrupt. All unless given. */
  readonly share?: number;
}

/** The first stretch at which something is wrong; undefined where there is none. */
export function stretchOf(
  points: readonly Point[],
  isBad: (value: number, point: Point) => boolean,
  { length, share = 1 }: StretchOptions,
): Stretch | undefined {
  const flags = points.map((point) => isBad(point.value, point));
  const countFrom = (from: number): number =>
    flags.slice(from, from + length).reduce((count, flag) => count + Number(flag), 0);
  const needed = share * length;
  const first = flags.findIndex(
    (flag, index) => flag && index + length <= flags.length && countFrom(index) >= needed,
  );
  if (first < 0) return undefined;
  let end = first + length;
  while (end < flags.length && countFrom(end - length + 1) >= needed) end += 1;
  const [head, ...others] = points.slice(first, end).filter((_, index) => flags[first + index] === true);
  if (head === undefined) return undefined;
  const before = points[first - 1];
  const until = points[end];
  return {
    bad: [head, ...others],
    ...(before === undefined ? {} : { before }),
    ...(until === undefined ? {} : { until }),
  };
}

/** Of all stretches the one with most bad points, the first of equal ones: a row at the start is less than what lasts. */
export function longestStretchOf(
  points: readonly Point[],
  isBad: (value: number, point: Point) => boolean,
  options: StretchOptions,
): Stretch | undefined {
  let longest: Stretch | undefined;
  let rest = points;
  for (;;) {
    const stretch = stretchOf(rest, isBad, options);
    if (stretch === undefined) return longest;
    if (longest === undefined || stretch.bad.length > longest.bad.length) longest = stretch;
    const end = rest.findIndex((point) => point === stretch.until);
    if (end < 0) return longest;
    rest = rest.slice(end);
  }
}

/** When a stretch began and ended, as a finding says it. */
export function onsetOf({ bad: [first], before, until }: Stretch): {
  readonly onset: Onset;
  readonly until?: number;
} {
  return {
    onset: { ...(before === undefined ? {} : { after: before.step }), by: first.step },
    ...(until === undefined ? {} : { until: until.step }),
  };
}
