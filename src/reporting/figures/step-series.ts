import type { Series } from './series.ts';
import { pointsOf } from './series.ts';
import type { Extent } from './ticks.ts';
import { linearExtent } from './ticks.ts';
import { trendOf } from './trend.ts';

/** Of the values themselves where a trend is drawn over them. */
const NOISE = { width: 0.6, opacity: 0.3 };

/** A curve, and the trend that lies over it if it is long enough to have one. */
export function withTrend(
  series: Series,
  isLogarithmic = true,
): { readonly values: Series; readonly trend?: Series } {
  const trend = trendOf(pointsOf(series, isLogarithmic));
  if (trend.length === 0) return { values: series };
  return {
    values: { ...series, stroke: { colour: series.stroke.colour, ...NOISE } },
    trend: { ...series, x: trend.map(({ x }) => x), y: trend.map(({ y }) => y) },
  };
}

/** The axis of gradient steps, ascending: it ends at a number where the last step is next to one. */
export function stepExtent(steps: readonly number[]): Extent {
  const [first = 0] = steps;
  const last = steps.at(-1) ?? 1;
  // One step alone stands in the middle.
  if (first === last) return linearExtent(first - 1, last + 1, 2);
  // The last of 1,500 steps is 1,499: an axis that stops there has no number at its end.
  const { ticks } = linearExtent(first, last, 6);
  const [one, two] = ticks;
  const end = (ticks.at(-1)?.value ?? last) + (two?.value ?? 0) - (one?.value ?? 0);
  return linearExtent(first, end - last < 0.02 * (last - first) ? end : last, 6);
}
