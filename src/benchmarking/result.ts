import { median, quantile } from '../numerics/robust.ts';
import type { BenchmarkEngine } from './benchmark.ts';
import type { Comparison } from './comparison.ts';
import type { Growth } from './growth.ts';
import type { MemoryPoint } from './measure-growth.ts';
import type { TimeMeasurement } from './measure-time.ts';
import type { UnitCounts } from './unit-counts.ts';

/** Which benchmark on which engine. */
export interface BenchmarkCase {
  readonly benchmark: string;
  readonly engine: BenchmarkEngine;
  readonly unit: string;
  readonly parts?: { readonly name: string; readonly count: number };
}

/** Lower quartile, median, upper quartile. */
export interface Quartiles {
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
}

/** What one commit did in a benchmark, over processes of its own. */
export interface BenchmarkResult {
  /** One a process. */
  readonly processes: readonly TimeMeasurement[];
  /** Memory of one process more; none where a unit is a whole run. */
  readonly points: readonly MemoryPoint[];
  readonly growth: readonly Growth[];
}

/** What became of a benchmark on an engine. */
export type BenchmarkOutcome = BenchmarkCase &
  (
    | {
        readonly status: 'measured';
        readonly result: BenchmarkResult;
        /** Against the saved result of another time, if one was named and has this benchmark. */
        readonly baseline?: Comparisons;
        /** Why it is not compared with what was saved under its name. */
        readonly unlikeBaseline?: string;
      }
    /** Both sides in turn. */
    | {
        readonly status: 'compared';
        readonly result: BenchmarkResult;
        readonly against: BenchmarkResult;
        readonly comparison: Comparisons;
      }
    | { readonly status: 'failed'; readonly why: string }
    | {
        readonly status: 'not-checked';
        /** The engine is not here, or the benchmark is not where it was to be compared with. */
        readonly lacks: 'engine' | 'counterpart';
        readonly why: string;
      }
  );

/** What is compared of two sides. */
export interface Comparisons {
  readonly time: Comparison;
  readonly memory: Comparison;
  /** What is counted, and came to another number. */
  readonly counts: readonly CountChange[];
}

/** What is counted without noise over the same units of work. */
const COUNTS = {
  kernels: ({ kernels }: UnitCounts) => kernels,
  tensors: ({ alive }: UnitCounts) => alive.tensors,
  'bytes of tensors': ({ alive }: UnitCounts) => alive.bytes,
} as const;

export type Count = keyof typeof COUNTS;

/** One count of two sides: the number of each, or several where its processes do not agree. */
export interface CountChange {
  readonly count: Count;
  readonly against: readonly number[];
  readonly own: readonly number[];
}

/** The numbers that processes counted, least first: one where they agree, none where no tensor is touched. */
export function countsOf({ processes }: BenchmarkResult, count: Count): readonly number[] {
  const values = processes.flatMap(({ counts }) => (counts === undefined ? [] : [COUNTS[count](counts)]));
  return [...new Set(values)].sort((one, other) => one - other);
}

/** Units over which processes counted; undefined where no tensor is touched. */
export function unitsCountedIn({ processes }: BenchmarkResult): number | undefined {
  return processes[0]?.counts?.units;
}

export function countChanges(own: BenchmarkResult, against: BenchmarkResult): readonly CountChange[] {
  return (Object.keys(COUNTS) as readonly Count[])
    .map((count) => ({ count, against: countsOf(against, count), own: countsOf(own, count) }))
    .filter((one) => one.own.join() !== one.against.join());
}

/** The typical time of a unit in each process, in ms. */
export function unitTimesOf({ processes }: BenchmarkResult): readonly number[] {
  return processes.map(({ latenciesMs }) => median(latenciesMs));
}

/** Physical memory of each process at its end. */
export function memoryOf({ processes }: BenchmarkResult): readonly number[] {
  return processes.map(({ memory }) => memory.rssBytes);
}

/** Of times of units, over all processes. */
export function latencyOf({ processes }: BenchmarkResult): Quartiles {
  return quartilesOf(processes.flatMap(({ latenciesMs }) => latenciesMs));
}

export function quartilesOf(values: readonly number[]): Quartiles {
  const [p25 = Number.NaN, p50 = Number.NaN, p75 = Number.NaN] = [0.25, 0.5, 0.75].map((share) =>
    quantile(values, share),
  );
  return { p25, p50, p75 };
}

/** How an outcome stands to the other side, if it was compared with one. */
export function comparisonsOf(outcome: BenchmarkOutcome): Comparisons | undefined {
  if (outcome.status === 'compared') return outcome.comparison;
  return outcome.status === 'measured' ? outcome.baseline : undefined;
}

/**
 * Tensors that stay behind are counted without noise, over the same units of work: of the process that kept most, if any did. A
 * buffer that takes longer to empty is no leak, which is seen where more units are followed.
 */
export function leakedOf({ processes, growth }: BenchmarkResult): UnitCounts | undefined {
  const isBuffer = growth.some(({ series, verdict }) => series === 'tensors' && verdict === 'flat');
  if (isBuffer) return undefined;
  return processes
    .flatMap(({ counts }) => (counts !== undefined && counts.grown.tensors > 0 ? [counts] : []))
    .sort((one, other) => other.grown.tensors - one.grown.tensors)[0];
}

/** Whether memory was followed over units of work: it is not where a unit is a whole run. */
export function isFollowed({ growth }: Pick<BenchmarkResult, 'growth'>): boolean {
  return growth.length > 0;
}

/** The least leak outside of tfjs, in bytes a unit, that so few units would have shown. */
export function leastLeakOf({ growth }: BenchmarkResult): number | undefined {
  return isFollowed({ growth }) ? Math.max(...growth.map(({ allowed }) => allowed)) : undefined;
}

/** Whether any series of memory surely grows by more than its budget. */
export function grows(result: BenchmarkResult): boolean {
  return leakedOf(result) !== undefined || result.growth.some(({ verdict }) => verdict === 'grows');
}
