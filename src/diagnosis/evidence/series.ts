import type { Metric, Place } from '../../runs/index.ts';

/** One value that was logged. */
export interface Point {
  readonly step: number;
  readonly value: number;
  readonly place: Place;
}

/** One metric of a run, by step. */
export interface Series {
  /** The canonical name; as the log has it, where it has no canonical one. */
  readonly name: string;
  /** As the log has it. */
  readonly logged: string;
  readonly metric?: Metric;
  /**
   * Finite values in the order of their steps, without those that a resume replaced. Of a long series the least and the
   * greatest of each block are kept: rows that stand in the log, so that no extreme is lost.
   */
  readonly points: readonly Point[];
  /** Rows that were read, all values counted. */
  readonly count: number;
  readonly notFinite: readonly Point[];
  readonly notFiniteCount: number;
}

/** The values of points, in their order. */
export function valuesOf(points: readonly Point[]): number[] {
  return points.map(({ value }) => value);
}
