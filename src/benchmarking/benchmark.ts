import type { EngineName } from '../engine/index.ts';

/** Where a benchmark runs: on an engine, or on none, if it touches no tensor. */
export type BenchmarkEngine = EngineName | 'host';

/** Work that is measured again and again, one unit at a time. */
export interface Benchmark {
  readonly id: string;
  readonly summary: string;
  /** What one call of `step` does, in the singular: `gradient step`. */
  readonly unit: string;
  /** What a unit is made of, in the plural, and how many of them: their rate is told beside that of units. */
  readonly parts?: { readonly name: string; readonly count: number };
  /** Engines on which it is worth measuring. */
  readonly engines: readonly BenchmarkEngine[];
  /** Units that are counted, and that are timed at least, of work that takes long; 1 without a warm-up. Default 20. */
  readonly fewestUnits?: number;
  /** Begins the work, on the engine that is open. */
  readonly open: () => Promise<BenchmarkRun>;
}

/** Work that has begun. */
export interface BenchmarkRun {
  /** Does one unit, and resolves when the engine has done it. */
  readonly step: () => Promise<void>;
  /** The same work done in another way: it is timed in turn with the first, and reported as a ratio. */
  readonly otherWay?: { readonly name: string; readonly step: () => Promise<void> };
  /** Disposes of everything that `open` and `step` made. */
  readonly close: () => void;
}

/** Units of a benchmark that does not say. */
const FEWEST_UNITS = 20;

/** Units that are counted, and that are timed at least. */
export function fewestUnitsOf({ fewestUnits = FEWEST_UNITS }: Benchmark): number {
  return fewestUnits;
}

/** Work of which one unit is a whole run: it is done once, and nothing comes before. */
export function isDoneOnce(benchmark: Benchmark): boolean {
  return fewestUnitsOf(benchmark) === 1;
}
