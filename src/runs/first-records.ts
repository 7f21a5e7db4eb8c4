import type { Place } from './place.ts';
import { RecordRows } from './record-rows.ts';
import type { RunSink } from './row.ts';
import { flatten } from './text/flatten.ts';

/** Records from which the key of the step is chosen. */
const FIRST_RECORDS = 100;

type LogRecord = Readonly<Record<string, unknown>>;

/** Records whose keys are not known beforehand: the first wait until it is seen which of their keys counts steps. */
export class FirstRecords {
  private readonly sink: RunSink;
  private readonly stepKey: string | undefined;
  private waiting: { readonly record: LogRecord; readonly place: Place }[] = [];
  private rows: RecordRows | undefined;

  /** @param stepKey instead of the choice */
  constructor(sink: RunSink, stepKey?: string) {
    this.sink = sink;
    this.stepKey = stepKey;
  }

  take(record: LogRecord, place: Place): void {
    if (this.rows !== undefined) this.rows.take(record, place);
    else {
      this.waiting.push({ record, place });
      if (this.waiting.length === FIRST_RECORDS) this.end();
    }
  }

  /** Reads what waits for more records to come. */
  end(): void {
    if (this.rows !== undefined) return;
    const ignore = (): undefined => undefined;
    const keys = this.waiting.flatMap(({ record, place }) =>
      Object.keys(flatten(record, place, ignore).values),
    );
    this.rows = new RecordRows(this.sink, [...new Set(keys)], this.stepKey);
    for (const { record, place } of this.waiting) this.rows.take(record, place);
    this.waiting = [];
  }
}
