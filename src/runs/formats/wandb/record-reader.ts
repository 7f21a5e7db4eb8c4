import { RecordsReader } from '../../records-reader.ts';
import type { Place } from '../../place.ts';
import { RoundedIntegers } from '../../rounded-integers.ts';
import type { RunSink } from '../../row.ts';
import type { Flattened } from '../../text/flatten.ts';
import { flatten } from '../../text/flatten.ts';
import { nestedRecord } from './nested-record.ts';
import type { Item, WandbRecord } from './record.ts';
import { recordOf } from './record.ts';

/** Nested keys are joined by this on the web page, and in what it exports. */
const SEPARATOR = '.';

/** More are data, and no metrics. */
const MAXIMUM_KEYS = 10_000;

/** Of the program itself: its version, its settings, what it was used with. */
const OWN = '_wandb';

/** What the package counts; a metric of the user's may be called `step`. */
const STEP = '_step';

/** Turns the records of a `.wandb` file into rows, one a step of the history. */
export class RecordReader {
  private readonly run: RunSink;
  private readonly rows: RecordsReader;
  /** Of the history. */
  private readonly keys = new Set<string>();
  /** Of the summary, which repeats what the history had last, and where each stood first. */
  private readonly summaryKeys = new Map<string, Place>();
  private readonly rounded = new RoundedIntegers();
  private isEnded = false;

  constructor(run: RunSink, stepKey: string | undefined) {
    this.run = run;
    this.rows = new RecordsReader(run, { asked: stepKey, own: STEP });
  }

  take(data: Uint8Array, place: Place): void {
    let record: WandbRecord | undefined;
    try {
      record = recordOf(data);
    } catch {
      const what = `a record of ${data.length} bytes that is no message, though its checksum fits; it was not read`;
      this.run.problem({ kind: 'record-not-understood', place, what });
    }
    switch (record?.kind) {
      case 'history':
        this.history(record.items, record.step, place);
        break;
      case 'config':
        this.config(record.items, place);
        break;
      case 'summary':
        this.summary(record.items, place);
        break;
      case 'stats':
        for (const { path } of record.items) {
          this.run.other(
            ['system', ...path].join(SEPARATOR),
            'measurement of the machine, without a step',
            place,
          );
        }
        break;
      case 'output':
        this.run.other('output', 'text of the terminal', place);
        break;
      case 'exit':
        this.isEnded = true;
        if (record.code !== 0) this.run.other('exit', `exit code ${record.code}`, place);
        break;
      case undefined:
    }
  }

  /** Says whether the end of the run was found. */
  end(place: Place): void {
    this.rows.end();
    for (const [key, first] of this.summaryKeys) {
      if (!this.keys.has(key)) this.run.other(`summary${SEPARATOR}${key}`, 'value of the summary', first);
    }
    if (this.isEnded) return;
    const what = 'no record of an exit: the run was broken off, still goes on, or was cut off here';
    this.run.problem({ kind: 'not-ended', place, what });
  }

  private history(items: readonly Item[], step: number | undefined, place: Place): void {
    const record = nestedRecord(items, place, this.run);
    for (const { path, json } of items)
      this.rounded.take(path.join(SEPARATOR), { value: Number(json), text: json }, place, this.run);
    if (step !== undefined && !('_step' in record)) record['_step'] = step;
    const { values, others } = this.flat(record, place);
    for (const { key, kind } of others) this.run.other(key, kind, place);
    if (this.keys.size < MAXIMUM_KEYS) for (const key of keysOf({ values, others })) this.keys.add(key);
    this.rows.take(values, place);
  }

  private summary(items: readonly Item[], place: Place): void {
    const record = nestedRecord(items, place, this.run);
    for (const key of keysOf(this.flat(record, place))) {
      if (this.summaryKeys.size >= MAXIMUM_KEYS) return;
      const isOwn = key.startsWith(`${OWN}${SEPARATOR}`);
      if (!isOwn && !this.keys.has(key) && !this.summaryKeys.has(key)) this.summaryKeys.set(key, place);
    }
  }

  private config(items: readonly Item[], place: Place): void {
    const settings = Object.entries(nestedRecord(items, place, this.run));
    this.run.config(Object.fromEntries(settings.filter(([key]) => key !== OWN)));
  }

  private flat(record: Readonly<Record<string, unknown>>, place: Place): Flattened {
    const report = this.run.problem.bind(this.run);
    return flatten(record, place, report, SEPARATOR);
  }
}

function keysOf({ values, others }: Flattened): readonly string[] {
  return [...Object.keys(values), ...others.map(({ key }) => key)];
}
