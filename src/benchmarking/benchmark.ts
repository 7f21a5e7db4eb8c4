import type { EngineName } from '../engine/index.ts';

/** Work that is measured again and again, one unit at a time. */
export interface Benchmark {
  readonly id: string;
  readonly summary: string;
  /** What one call of `step` does, in the singular: `gradient step`. */
  readonly unit: string;
  /** Engines on which it is worth measuring. */
  readonly engines: readonly EngineName[];
  /** A unit that takes tens of seconds is done once, without a warm-up; the others until the time is over. */
  readonly isLong?: boolean;
  /** Begins the work, on the engine that is open. */
  readonly open: () => Promise<BenchmarkRun>;
}

/** Work that has begun. */
export interface BenchmarkRun {
  /** Does one unit, and resolves when the engine has done it. */
  readonly step: () => Promise<void>;
  /** Disposes of everything that `open` and `step` made. */
  readonly close: () => void;
}
