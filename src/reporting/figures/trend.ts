import type { Point } from './series.ts';

/** Points of a trend line; the eye follows no more over 13 cm. */
const POINTS = 150;

/** Share of the curve that a median is taken over. */
const WINDOW = 0.04;

/** Fewest points that are worth a trend. */
const FEWEST = 100;

/**
 * Medians over a window that moves along a noisy curve: what a person reads off it. Nothing where the curve is too
 * short to have a trend beside itself; values that cannot be drawn are left out.
 */
export function trendOf(points: readonly Point[]): readonly Point[] {
  const drawn = points.filter(({ y }) => !Number.isNaN(y));
  if (drawn.length < FEWEST) return [];
  const half = Math.max(2, Math.round((WINDOW * drawn.length) / 2));
  const count = Math.min(POINTS, drawn.length);
  return Array.from({ length: count }, (_, index) => {
    const centre = Math.round((index * (drawn.length - 1)) / (count - 1));
    // Narrow at the start, where the loss falls fast; at the end it is flat, and one side tells as much.
    const before = Math.min(half, centre);
    const window = drawn
      .slice(centre - before, centre + before + 1)
      .map(({ y }) => y)
      .sort((a, b) => a - b);
    return { x: drawn[centre]?.x ?? Number.NaN, y: window[Math.floor(window.length / 2)] ?? Number.NaN };
  });
}
