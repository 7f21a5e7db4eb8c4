import type { Point, Series } from '../evidence/series.ts';
import type { Evidence } from '../finding.ts';

/** So many rows bear a finding out; the log has the others. */
const SHOWN = 3;

/** The first, the middle and the last of some points, as evidence. */
export function shown(
  { logged }: Pick<Series, 'logged'>,
  points: readonly (Point | undefined)[],
): readonly Evidence[] {
  const there = points.flatMap((point) => point ?? []);
  const last = there.length - 1;
  const indices = there.length <= SHOWN ? there.keys() : new Set([0, Math.floor(last / 2), last]).values();
  return [...indices].flatMap((index) => {
    const point = there[index];
    return point === undefined ? [] : [{ metric: logged, ...point }];
  });
}

/** A number as a person would write it in a sentence: four digits at most. */
export function told(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-3)) return value.toExponential(1);
  return String(Number(value.toPrecision(4)));
}
