import type { Point } from './series.ts';

/** Enough for every rule, and little memory for a thousand metrics. */
const MAXIMUM_POINTS = 2048;

/** Of so many points two are left when the list is full: the least and the greatest. */
const GROUP = 4;

/** Keeps points as they come in, in bounded memory: of each block of a long series, its least and its greatest. */
export class ThinnedPoints {
  private points: Point[] = [];
  private block: Point[] = [];
  private blockSize = 1;

  take(point: Point): void {
    this.block.push(point);
    if (this.block.length < this.blockSize) return;
    this.close();
    if (this.points.length < MAXIMUM_POINTS) return;
    const all = this.points;
    this.points = [];
    for (let from = 0; from < all.length; from += GROUP)
      this.points.push(...extremes(all.slice(from, from + GROUP)));
    this.blockSize = Math.max(GROUP, 2 * this.blockSize);
  }

  /** Takes back what stands at a step or behind it. */
  cutFrom(step: number): void {
    this.block = this.block.filter((point) => point.step < step);
    this.points = this.points.filter((point) => point.step < step);
  }

  all(): readonly Point[] {
    return [...this.points, ...extremes(this.block)];
  }

  private close(): void {
    this.points.push(...extremes(this.block));
    this.block = [];
  }
}

/** The least and the greatest, in the order in which they stand; all of two at most. */
function extremes(points: readonly Point[]): readonly Point[] {
  if (points.length <= 2) return points;
  let [least, greatest] = [0, 0];
  for (const [index, { value }] of points.entries()) {
    if (value < (points[least]?.value ?? value)) least = index;
    if (value > (points[greatest]?.value ?? value)) greatest = index;
  }
  const kept = [...new Set([least, greatest])].sort((a, b) => a - b);
  return kept.flatMap((index) => points[index] ?? []);
}
