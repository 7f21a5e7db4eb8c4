import type { Place } from './place.ts';
import type { RunSink } from './row.ts';
import type { RowKeys } from './step-key.ts';
import { RoundedIntegers } from './rounded-integers.ts';
import { rowKeysOf, wallTimeOf } from './step-key.ts';
import { flatten } from './text/flatten.ts';

/** Turns records of keys and values, as JSON and tables have them, into rows with a step. */
export class RecordRows {
  private readonly sink: RunSink;
  private keys: RowKeys;
  private apart: ReadonlySet<string>;
  private readonly rounded = new RoundedIntegers();
  private count = 0;
  private step = 0;
  private epoch = -Infinity;
  /** What steps of this epoch are counted on from. */
  private offset = 0;
  /** Of the epochs so far that are counted on. */
  private readonly offsets = new Map<number, number>();
  private interval = 1;

  /**
   * @param keys of the records that are known beforehand, from which those of step, epoch and time are chosen
   * @param stepKey instead of the choice by name
   * @param apart keys that are no metrics: they say of which run a record is
   */
  constructor(sink: RunSink, keys: readonly string[], stepKey?: string, apart: readonly string[] = []) {
    this.sink = sink;
    this.apart = new Set(apart);
    this.keys = rowKeysOf(keys, stepKey);
  }

  /** Takes the keys of what follows, where a table has a new header; steps are counted on. */
  rename(keys: readonly string[], stepKey?: string): void {
    this.keys = rowKeysOf(keys, stepKey);
  }

  /** Takes keys that are no metrics from here on. */
  leaveOut(keys: readonly string[]): void {
    this.apart = new Set(keys);
  }

  /** Takes one record, and the JSON text of it where there is one; nested ones are flattened. */
  take(record: Readonly<Record<string, unknown>>, place: Place, text?: string): void {
    const { values, others } = flatten(record, place, (problem) => {
      this.sink.problem(problem);
    });
    for (const { key, kind } of others) if (!this.apart.has(key)) this.sink.other(key, kind, place);
    if (text !== undefined) this.rounded.takeRecord(values, text, place, this.sink);
    this.count += 1;
    this.step = this.stepOf(values, place);
    const wallTime = this.keys.time === undefined ? undefined : wallTimeOf(values[this.keys.time]);
    const time = wallTime === undefined ? undefined : this.keys.time;
    const left = without(values, this.keys.step, time, this.apart);
    this.sink.row({ step: this.step, values: left, place, ...(wallTime === undefined ? {} : { wallTime }) });
  }

  private stepOf(values: Readonly<Record<string, number>>, place: Place): number {
    const { step: key, epoch: epochKey } = this.keys;
    if (key === undefined) {
      if (this.count > 1) return this.count;
      const what = 'no key counts steps: rows are counted from 1 instead; name one with --step';
      this.sink.problem({ kind: 'steps-are-rows', place, what });
      return 1;
    }
    const named = values[key];
    if (named === undefined || !Number.isFinite(named)) {
      const what = `"${key}" is ${named ?? 'not there'}; the row is read under step ${this.step}`;
      this.sink.problem({ kind: 'step-missing', place, what });
      return this.step;
    }
    const epoch = epochKey === undefined ? undefined : values[epochKey];
    // A run that is resumed, or another behind it, is in an epoch that was there before.
    if (epoch !== undefined && epoch < this.epoch) this.offset = this.offsets.get(epoch) ?? 0;
    let step = named + this.offset;
    if (this.count > 1 && step < this.step && epoch !== undefined && epoch > this.epoch) {
      this.offset = this.step + this.interval - named;
      step = named + this.offset;
      const what = `"${key}" goes back to ${named} as "${epochKey}" goes on to ${epoch}; read as step ${step}`;
      this.sink.problem({ kind: 'steps-within-epochs', place, what });
    } else if (this.count > 1 && step > this.step) this.interval = step - this.step;
    if (epoch !== undefined && epoch !== this.epoch && this.offset !== 0)
      this.offsets.set(epoch, this.offset);
    this.epoch = epoch ?? this.epoch;
    return step;
  }
}

function without(
  values: Readonly<Record<string, number>>,
  step: string | undefined,
  time: string | undefined,
  apart: ReadonlySet<string>,
): Readonly<Record<string, number>> {
  const left = Object.create(null) as Record<string, number>;
  for (const key in values) {
    const value = values[key];
    if (value === undefined || key === step || key === time || apart.has(key)) continue;
    left[key] = value;
  }
  return left;
}
