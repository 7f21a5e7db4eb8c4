import type { Point } from './series.ts';

/** Points of a trend line; the eye follows no more over 13 cm. */
const POINTS = 150;

/** Share of the curve that a median is taken over. */
const WINDOW = 0.04;

/** Fewest points that are worth a trend. */
const FEWEST = 100;

/** Values before and after a point that its median is taken over at least. */
const NARROWEST = 3;

/**
 * Medians over a window that moves along a noisy curve: what a person reads off it. Nothing where the curve is too
 * short to have a trend beside itself; a gap where most of a window cannot be drawn.
 */
export function trendOf(points: readonly Point[]): readonly Point[] {
  if (points.filter(({ y }) => !Number.isNaN(y)).length < FEWEST) return [];
  const half = Math.max(NARROWEST, Math.round((WINDOW * points.length) / 2));
  const count = Math.min(POINTS, points.length);
  return Array.from({ length: count }, (_, index) => {
    const centre = Math.round((index * (points.length - 1)) / (count - 1));
    // Narrow at the start, where the loss falls fast; at the end it is flat, and one side tells as much.
    const before = Math.max(NARROWEST, Math.min(half, centre));
    const window = points.slice(Math.max(0, centre - before), centre + before + 1).map(({ y }) => y);
    const drawn = window.filter((y) => !Number.isNaN(y)).sort((a, b) => a - b);
    const y = 2 * drawn.length < window.length ? Number.NaN : drawn[Math.floor(drawn.length / 2)];
    return { x: points[centre]?.x ?? Number.NaN, y: y ?? Number.NaN };
  });
}
