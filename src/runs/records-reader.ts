import type { Place } from './place.ts';
import { RecordRows } from './record-rows.ts';
import type { RunSink } from './row.ts';
import { countingKeys } from './step-choice.ts';
import { stepKeyOf } from './step-key.ts';
import { flatten } from './text/flatten.ts';

/** Records from which the key of the step is chosen. */
const FIRST_RECORDS = 100;

interface PlacedRecord {
  readonly record: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

/** Which key counts steps: that which the user names, where the log has it; that of the format; or the one that is found. */
export interface StepKeys {
  readonly asked?: string | undefined;
  readonly own?: string | undefined;
}

/** Turns records whose keys are not known beforehand into rows: the first ones wait until the key of the step is chosen. */
export class RecordsReader {
  private readonly sink: RunSink;
  private readonly step: StepKeys;
  private waiting: PlacedRecord[] = [];
  private rows: RecordRows | undefined;

  constructor(sink: RunSink, step: StepKeys = {}) {
    this.sink = sink;
    this.step = step;
  }

  take(record: Readonly<Record<string, unknown>>, place: Place): void {
    if (this.rows !== undefined) {
      this.rows.take(record, place);
      return;
    }
    this.waiting.push({ record, place });
    if (this.waiting.length === FIRST_RECORDS) this.end();
  }

  /** Takes the keys of what follows, where a table has a new header; steps are counted on. */
  rename(keys: readonly string[]): void {
    this.end();
    const { asked, own } = this.step;
    this.rows?.rename(
      keys,
      [asked, own].find((key) => key !== undefined && keys.includes(key)),
    );
  }

  /** Reads the records that wait for more to come. */
  end(): void {
    const [first, ...others] = this.waiting;
    if (first === undefined) return;
    this.waiting = [];
    const values = others.map(valuesOf);
    const known = new Set(values.flatMap((one) => Object.keys(one)));
    // A line of settings before the rows shares no key with them.
    const isSettings = others.length > 1 && !Object.keys(valuesOf(first)).some((key) => known.has(key));
    if (isSettings) this.sink.config(first.record);
    else values.unshift(valuesOf(first));
    const keys = [...new Set(values.flatMap((one) => Object.keys(one)))];
    this.rows = new RecordRows(this.sink, keys, this.chosen(keys, values, first.place));
    for (const { record, place } of isSettings ? others : [first, ...others]) this.rows.take(record, place);
  }

  private chosen(
    keys: readonly string[],
    values: readonly Readonly<Record<string, number>>[],
    place: Place,
  ): string | undefined {
    const { asked, own } = this.step;
    if (asked !== undefined && keys.includes(asked)) return asked;
    const key = own !== undefined && keys.includes(own) ? own : stepKeyOf(countingKeys(values));
    if (asked !== undefined) {
      const what = `there is no number under "${asked}"; steps are counted by ${key === undefined ? 'rows' : `"${key}"`}`;
      this.sink.problem({ kind: 'step-key-absent', place, what });
    }
    return key;
  }
}

function valuesOf({ record, place }: PlacedRecord): Readonly<Record<string, number>> {
  return flatten(record, place, () => undefined).values;
}
