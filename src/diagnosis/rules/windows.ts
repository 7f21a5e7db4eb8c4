import { median } from '../../numerics/index.ts';
import type { Point, Series } from '../evidence/series.ts';
import { valuesOf } from '../evidence/series.ts';

/** Fewer values say nothing about a level. */
const LEAST = 3;

/** The last points of a series: a share of them, three at least. */
export function lateOf(points: readonly Point[], share: number): readonly Point[] {
  return points.slice(-Math.max(LEAST, Math.ceil(share * points.length)));
}

/** The first points of a series: a share of them, three at least. */
export function earlyOf(points: readonly Point[], share: number): readonly Point[] {
  return points.slice(0, Math.max(LEAST, Math.ceil(share * points.length)));
}

/** Points behind a share of the steps of the run: a beginning is no steady state. */
export function behindStart(points: readonly Point[], share: number): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = first.step + share * (last.step - first.step);
  return points.filter(({ step }) => step >= from);
}

/** The median of the values of points. */
export function levelOf(points: readonly Point[]): number {
  return median(valuesOf(points));
}

/** Medians over windows of so many points, each at the step of its last one. */
export function rollingLevel(points: readonly Point[], length: number): readonly Point[] {
  return points
    .slice(length - 1)
    .map((point, index) => ({ ...point, value: levelOf(points.slice(index, index + length)) }));
}

/** The values of several series at the steps that all of them have, in the order of the series. */
export function alignedAt(series: readonly Series[]): readonly { readonly points: readonly Point[] }[] {
  const [first, ...others] = series.map(
    ({ points }) => new Map(points.map((point) => [point.step, point] as const)),
  );
  if (first === undefined) return [];
  return [...first].flatMap(([step, point]) => {
    const rest = others.map((one) => one.get(step));
    return rest.every((one) => one !== undefined) ? [{ points: [point, ...rest] }] : [];
  });
}
