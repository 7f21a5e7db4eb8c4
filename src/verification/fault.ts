/** Where a fault can show: on every engine, on some, or on the host alone (schedules, configuration), once. */
export type FaultEngines = 'all' | 'host' | readonly string[];

/** A documented bug, as a function from a correct kit to a faulty one. */
export interface Fault<Kit> {
  readonly id: string;
  /** What the faulty code does, in one sentence. */
  readonly summary: string;
  /** What a person sees in the log of a run that has it; empty when a log cannot show it. */
  readonly sign: string;
  /** A documented repair that is itself wrong. */
  readonly repair?: boolean;
  /** Needs a long training; shown to its laws with `--nightly` only. */
  readonly nightly?: boolean;
  /** Laws that must kill it, every one of them. */
  readonly killedBy: readonly string[];
  readonly engines: FaultEngines;
  /** The model whose trainer it is in: a law on the trainers of several is shown it in cases of that one. */
  readonly model?: string;
  readonly inject: (kit: Kit) => Kit;
}

/** Whether the fault is to be shown on this engine; host faults are shown on the first engine of a gate only. */
export function concerns<Kit>(fault: Fault<Kit>, engine: string, isFirstEngine: boolean): boolean {
  if (fault.engines === 'all') return true;
  if (fault.engines === 'host') return isFirstEngine;
  return fault.engines.includes(engine);
}
