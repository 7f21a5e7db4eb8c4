import type { Place } from './place.ts';
import type { Problem } from './problem.ts';

/** Values that were written together, under one step. */
export interface Row {
  /** As the log counts: gradient steps, environment steps, epochs. */
  readonly step: number;
  /** Seconds since the epoch. */
  readonly wallTime?: number;
  /** By metric, as the log names it; not finite where the log says so. */
  readonly values: Readonly<Record<string, number>>;
  readonly place: Place;
}

/** Takes what a reader finds of one run, in the order in which it was written. */
export interface RunSink {
  row(row: Row): void;
  /** What the run was configured with, as far as its log says so; later keys replace earlier ones. */
  config(settings: Readonly<Record<string, unknown>>): void;
  /** A key whose value is no number: listed, not dropped. `kind` says what it is instead: `text`, `list of 3`. */
  other(key: string, kind: string, place: Place): void;
  problem(problem: Problem): void;
}

/** Takes what a reader finds in the files of one place. */
export interface RunsSink {
  /** The run of this name among those of the files; the only one where no name is given. */
  run(name?: string): RunSink;
  /** What concerns no single run. */
  problem(problem: Problem): void;
}
