import { RecordsReader } from '../../records-reader.ts';
import type { Place } from '../../place.ts';
import type { RunSink } from '../../row.ts';
import { excerpt } from '../../text/excerpt.ts';
import { flatten } from '../../text/flatten.ts';
import { parseJson } from '../../text/json-text.ts';
import type { Item, WandbRecord } from './record.ts';
import { recordOf } from './record.ts';

/** Nested keys are joined by this on the web page, and in what it exports. */
const SEPARATOR = '.';

/** More are data, and no metrics. */
const MAXIMUM_KEYS = 10_000;

/** Of the program itself: its version, its settings, what it was used with. */
const OWN_CONFIG = '_wandb';

/** Turns the records of a `.wandb` file into rows, one a step of the history. */
export class RecordReader {
  private readonly run: RunSink;
  private readonly rows: RecordsReader;
  /** Of the history: the summary repeats them. */
  private readonly keys = new Set<string>();
  private isEnded = false;

  constructor(run: RunSink, stepKey: string | undefined) {
    this.run = run;
    this.rows = new RecordsReader(run, stepKey);
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
        for (const { key } of record.items) {
          if (!this.keys.has(key)) this.run.other(`summary${SEPARATOR}${key}`, 'value of the summary', place);
        }
        break;
      case 'stats':
        for (const { key } of record.items) {
          this.run.other(`system${SEPARATOR}${key}`, 'measurement of the machine, without a step', place);
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
    if (this.isEnded) return;
    const what = 'no record of an exit: the run was broken off, still goes on, or was cut off here';
    this.run.problem({ kind: 'not-ended', place, what });
  }

  private history(items: readonly Item[], step: number | undefined, place: Place): void {
    const record = this.recordOf(items, place);
    if (step !== undefined && !('_step' in record)) record['_step'] = step;
    const { values, others } = flatten(
      record,
      place,
      (problem) => {
        this.run.problem(problem);
      },
      SEPARATOR,
    );
    for (const { key, kind } of others) this.run.other(key, kind, place);
    if (this.keys.size < MAXIMUM_KEYS) for (const key in values) this.keys.add(key);
    this.rows.take(values, place);
  }

  private config(items: readonly Item[], place: Place): void {
    const settings = this.recordOf(items, place);
    const own = ([key]: readonly [string, unknown]): boolean =>
      key !== OWN_CONFIG && !key.startsWith(`${OWN_CONFIG}${SEPARATOR}`);
    this.run.config(Object.fromEntries(Object.entries(settings).filter(own)));
  }

  private recordOf(items: readonly Item[], place: Place): Record<string, unknown> {
    const record = Object.create(null) as Record<string, unknown>;
    for (const { key, json } of items) {
      try {
        record[key] = parseJson(json);
      } catch {
        const what = `${excerpt(key)} is ${excerpt(json)}, which is no JSON; it was not read`;
        this.run.problem({ kind: 'record-not-understood', place, what });
      }
    }
    return record;
  }
}
