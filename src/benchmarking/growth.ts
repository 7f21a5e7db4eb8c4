import { theilSen } from '../numerics/robust.ts';
import type { MemoryPoint } from './measure-growth.ts';

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

/** Bytes that may be added with every unit of work: half of the least leak that is looked for, 1 KB a step. */
export const BUDGET_BYTES = 512;

/** Of the slope. */
const CONFIDENCE = 0.99;

/**
 * What a process gains over all units without leaking, in bytes: V8 goes on optimising, allocators keep pages. In processes of the
 * trainers (New Keynesian on wasm, cpu and tensorflow, PPO on wasm; 24 to 864 units) it was up to 2.3 MiB of physical
 * memory and 0.3 MiB of heap; about twice as much is allowed.
 */
const UNEASE: Readonly<Record<MemorySeries, number>> = {
  tensors: 0,
  tensorBytes: 0,
  heapBytes: 2 ** 19,
  externalBytes: 2 ** 18,
  rssBytes: 4 * 2 ** 20,
};

/** Counts, which are exact. */
const EXACT: readonly MemorySeries[] = ['tensors', 'tensorBytes'];

const SERIES = Object.keys(UNEASE) as readonly MemorySeries[];

/**
 * The slope of each series of memory by Theil and Sen, with its confidence interval, held against a budget in bytes a unit; a
 * count must not grow at all. Points follow each other, so that their errors do too: the interval alone would be too narrow,
 * which is why a process is allowed what one without a leak gains.
 */
export function growthOf(points: readonly MemoryPoint[], budgetBytes = BUDGET_BYTES): readonly Growth[] {
  const x = points.map(({ unit }) => unit);
  const units = Math.max(1, (x.at(-1) ?? 0) - (x[0] ?? 0));
  return SERIES.flatMap((series) => {
    const y = points.flatMap((point) => point[series] ?? []);
    if (y.length < Math.max(2, x.length)) return [];
    if (EXACT.includes(series)) {
      const slope = ((y.at(-1) ?? 0) - (y[0] ?? 0)) / units;
      return [
        {
          series,
          verdict: slope > 0 ? 'grows' : 'flat',
          slope,
          lower: slope,
          upper: slope,
          allowed: 0,
        } as const,
      ];
    }
    const { slope, lower, upper } = theilSen(x, y, { confidence: CONFIDENCE });
    const allowed = Math.max(budgetBytes, UNEASE[series] / units);
    const verdict = lower > allowed ? 'grows' : upper <= allowed ? 'flat' : 'inconclusive';
    return [{ series, verdict, slope, lower, upper, allowed }];
  });
}
