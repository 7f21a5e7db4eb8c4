import type { Extent } from './ticks.ts';
import { linearExtent } from './ticks.ts';

/** The axis of gradient steps that holds all of these. */
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
