import type { Benchmark, BenchmarkEngine } from '../../benchmarking/benchmark.ts';
import type { MemoryPoint } from '../../benchmarking/measure-growth.ts';
import type { TimeMeasurement } from '../../benchmarking/measure-time.ts';

/** Where benchmarks are, and the library that they are written with. Paths are absolute. */
export interface BenchmarkSource {
  /** Folder in which its processes run. */
  readonly root: string;
  /** A module that exports benchmarks, or lists of them. */
  readonly module: string;
  /** The library of this name that the module would import: it opens the engine, since tensors of two copies do not mix. */
  readonly library: string;
  /** What it is called, where there are two. */
  readonly label?: string;
}

/** What one process is asked to do. */
export type BenchmarkJob = { readonly source: BenchmarkSource } & (
  | { readonly kind: 'list' }
  | {
      readonly kind: 'time' | 'growth';
      readonly benchmark: string;
      readonly engine: BenchmarkEngine;
      readonly timeMs: number;
      readonly otherWay: boolean;
    }
);

/** What is known of a benchmark without beginning it. */
export type BenchmarkEntry = Omit<Benchmark, 'open'>;

/** What crosses the border of a process. */
export function entryOf({ id, summary, unit, parts, engines, fewestUnits }: Benchmark): BenchmarkEntry {
  return {
    id,
    summary,
    unit,
    engines,
    ...(parts === undefined ? {} : { parts: { name: parts.name, count: parts.count } }),
    ...(fewestUnits === undefined ? {} : { fewestUnits }),
  };
}

/** What the process answers. */
export type BenchmarkAnswer =
  | { readonly status: 'listed'; readonly benchmarks: readonly BenchmarkEntry[] }
  | { readonly status: 'timed'; readonly measurement: TimeMeasurement }
  | { readonly status: 'followed'; readonly points: readonly MemoryPoint[] }
  | { readonly status: 'failed'; readonly why: string };
