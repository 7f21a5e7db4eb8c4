import { theilSen } from '../numerics/robust.ts';
import type { MemoryPoint } from './measure-growth.ts';
import { halfOf, riseOf } from './rise.ts';

/** What of memory is followed. */
export type MemorySeries = Exclude<keyof MemoryPoint, 'unit'>;

/**
 * `grows`: surely by more than is allowed; `flat`: surely by less; `inconclusive`: the bound of the slope is on either side
 * of what is allowed.
 */
export type GrowthVerdict = 'grows' | 'flat' | 'inconclusive';

/** How one series rose, a unit of work. */
export interface Growth {
  readonly series: MemorySeries;
  readonly verdict: GrowthVerdict;
  /** A unit, with its confidence interval. */
  readonly slope: number;
  readonly lower: number;
  readonly upper: number;
  /** The slope above which it grows: the budget, or more where so few units tell no less. */
  readonly allowed: number;
}

export interface GrowthOptions {
  /** A unit. Default `BUDGET_BYTES`. */
  readonly budgetBytes?: number;
  /** That the units ran on. */
  readonly engine?: string;
}

/** Bytes that may be added with every unit of work: half of the least leak that is looked for, 1 KB a step. */
export const BUDGET_BYTES = 512;

/** Of the slope. */
const CONFIDENCE = 0.99;

/**
 * What a process gains over all units without leaking, in bytes: V8 goes on optimising, allocators keep pages. In processes of the
 * trainers (24 to 864 units on wasm, cpu and tensorflow) it was up to 2.3 MiB of physical memory and 0.8 MiB of heap; about twice
 * as much is allowed.
 */
const UNEASE: Readonly<Record<MemorySeries, number>> = {
  tensors: 0,
  tensorBytes: 0,
  heapBytes: 1.5 * 2 ** 20,
  externalBytes: 2 ** 18,
  rssBytes: 4 * 2 ** 20,
};

/**
 * The same on webgpu, where it is the driver whose pools fill: with SwiftShader up to 56 MiB in the first 24 gradient steps of
 * the New Keynesian trainer, 6 MiB in the next 200, and 2 MiB in 2,700 steps of a small one.
 */
const UNEASE_OF_DRIVER: Readonly<Record<MemorySeries, number>> = { ...UNEASE, rssBytes: 112 * 2 ** 20 };

/** Of the start, and of two halves. */
const FEWEST_POINTS = 3;

/** Counts, which are exact. */
const EXACT: readonly MemorySeries[] = ['tensors', 'tensorBytes'];

const SERIES = Object.keys(UNEASE) as readonly MemorySeries[];

/**
 * The slope of each series of memory by Theil and Sen, with its confidence interval, held against a budget in bytes a unit; a
 * count must not grow at all. Points follow each other, so that their errors do too: the interval alone would be too narrow,
 * which is why a process is allowed what one without a leak gains.
 */
export function growthOf(
  points: readonly MemoryPoint[],
  { budgetBytes = BUDGET_BYTES, engine }: GrowthOptions = {},
): readonly Growth[] {
  const unease = engine === 'webgpu' ? UNEASE_OF_DRIVER : UNEASE;
  const x = points.map(({ unit }) => unit);
  const units = Math.max(1, (x.at(-1) ?? 0) - (x[0] ?? 0));
  return SERIES.flatMap((series) => {
    const y = points.flatMap((point) => point[series] ?? []);
    if (y.length < Math.max(FEWEST_POINTS, x.length)) return [];
    if (EXACT.includes(series)) {
      // The first is that of a moment, the others are the least of an interval.
      const [counts, at] = [y.slice(1), x.slice(1)];
      const rise = riseOf(counts);
      const slope = rise / ((at[halfOf(counts)] ?? 0) - (at[0] ?? 0));
      const verdict = rise > 0 ? 'grows' : 'flat';
      return [{ series, verdict, slope, lower: slope, upper: slope, allowed: 0 } as const];
    }
    const { slope, lower, upper } = theilSen(x, y, { confidence: CONFIDENCE });
    const allowed = Math.max(budgetBytes, unease[series] / units);
    const verdict = lower > allowed ? 'grows' : upper <= allowed ? 'flat' : 'inconclusive';
    return [{ series, verdict, slope, lower, upper, allowed }];
  });
}
