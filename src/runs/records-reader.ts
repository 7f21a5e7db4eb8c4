import type { Place } from './place.ts';
import { RecordRows } from './record-rows.ts';
import type { RunSink } from './row.ts';
import { flatten } from './text/flatten.ts';

/** Records from which the key of the step is chosen. */
const FIRST_RECORDS = 100;

interface PlacedRecord {
  readonly record: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

/** Turns records whose keys are not known beforehand into rows: the first ones wait until the key of the step is chosen. */
export class RecordsReader {
  private readonly sink: RunSink;
  private readonly stepKey: string | undefined;
  private waiting: PlacedRecord[] = [];
  private rows: RecordRows | undefined;

  constructor(sink: RunSink, stepKey?: string) {
    this.sink = sink;
    this.stepKey = stepKey;
  }

  take(record: Readonly<Record<string, unknown>>, place: Place): void {
    if (this.rows !== undefined) {
      this.rows.take(record, place);
      return;
    }
    this.waiting.push({ record, place });
    if (this.waiting.length === FIRST_RECORDS) this.end();
  }

  /** Reads the records that wait for more to come. */
  end(): void {
    if (this.waiting.length === 0) return;
    const ignore = (): undefined => undefined;
    const keys = this.waiting.flatMap(({ record, place }) =>
      Object.keys(flatten(record, place, ignore).values),
    );
    const rows = new RecordRows(this.sink, [...new Set(keys)], this.stepKey);
    for (const { record, place } of this.waiting) rows.take(record, place);
    [this.rows, this.waiting] = [rows, []];
  }
}
