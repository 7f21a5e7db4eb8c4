import type { Place } from './place.ts';
import { RecordRows } from './record-rows.ts';
import type { RunSink, RunsSink } from './row.ts';
import { runNameOf } from './run-key.ts';

/** More runs than people log into one table: 256 seeds of 20 metrics are summarised in 20 MB. */
const MAXIMUM_RUNS = 256;

/** More keys are data, and no settings. */
const MAXIMUM_SETTINGS = 1000;

type JsonRecord = Readonly<Record<string, unknown>>;

/** What is to be said of a record, to the run that it is of. */
export type About = (run: Pick<RunSink, 'other' | 'problem'>) => void;

/** A record, and what is known of it. */
export interface TakenRecord {
  readonly record: JsonRecord;
  readonly place: Place;
  readonly about: readonly About[];
  /** As it stands in a JSON file. */
  readonly text: string | undefined;
}

/** How the records of a log become rows. */
export interface RecordKeys {
  /** All keys that are known beforehand. */
  readonly keys: readonly string[];
  readonly step: string | undefined;
  /** Those by which records are parted into runs; none where there is one. */
  readonly run: readonly string[];
  /** Those that may name a run, by which records are parted where steps go back as these change. */
  readonly mayBeRun: readonly string[];
}

/** Gives each record of a log to its run. */
export class RecordRuns {
  private readonly runs: RunsSink;
  private keys: RecordKeys;
  private readonly settings: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  private readonly open = new Map<
    string | undefined,
    { readonly sink: RunSink; readonly rows: RecordRows }
  >();
  /** Of the record before, while there is one run. */
  private last: { readonly name: string | undefined; readonly step: unknown } | undefined;
  /** The run that began while there was one, and has the name of the log. */
  private first: string | undefined;

  constructor(runs: RunsSink, keys: RecordKeys) {
    this.runs = runs;
    this.keys = keys;
  }

  /** Takes the keys of what follows, where a table has a new header. */
  rename(keys: readonly string[], step: string | undefined): void {
    this.keys = { ...this.keys, keys, step };
    for (const { rows } of this.open.values()) rows.rename(keys, step);
  }

  take({ record, place, about, text }: TakenRecord): void {
    if (this.keys.run.length === 0) this.watch(record);
    const named = this.keys.run.length === 0 ? undefined : runNameOf(record, this.keys.run);
    const name = named === this.first ? undefined : named;
    const run = this.runOf(name);
    if (run === undefined) {
      const what = `${JSON.stringify(name)} is a run beyond the first ${MAXIMUM_RUNS} of this log; the record was not read`;
      this.runs.problem({ kind: 'runs-too-many', place, what });
      return;
    }
    for (const tell of about) tell(run.sink);
    run.rows.take(record, place, text);
  }

  /** What concerns no single run; the only one, where there is one. */
  shared(): Pick<RunSink, 'problem'> {
    return this.keys.run.length === 0 ? this.only() : this.runs;
  }

  /** Settings are of all runs of the log. */
  config(settings: JsonRecord): void {
    for (const [key, value] of Object.entries(settings)) {
      if (Object.keys(this.settings).length < MAXIMUM_SETTINGS) this.settings[key] = value;
    }
    if (this.keys.run.length === 0) this.only().config(settings);
    else for (const { sink } of this.open.values()) sink.config(settings);
  }

  /** The run of a log that holds one. */
  only(): RunSink {
    return (this.runOf(undefined) ?? { sink: this.runs.run() }).sink;
  }

  private runOf(name: string | undefined): { readonly sink: RunSink; readonly rows: RecordRows } | undefined {
    const known = this.open.get(name);
    if (known !== undefined) return known;
    if (this.open.size >= MAXIMUM_RUNS) return undefined;
    const sink = this.runs.run(name);
    if (name !== undefined) sink.config(this.settings);
    const { keys, step, run } = this.keys;
    const rows = new RecordRows(sink, keys, step, run);
    if (name !== undefined) sink.config(Object.fromEntries([[run.join('/'), name]]));
    const opened = { sink, rows };
    this.open.set(name, opened);
    return opened;
  }

  /** Parts the records from here on, where another run is named and steps go back: runs stand one behind the other. */
  private watch(record: JsonRecord): void {
    const { mayBeRun, step: stepKey } = this.keys;
    if (mayBeRun.length === 0 || stepKey === undefined) return;
    const name = runNameOf(record, mayBeRun);
    const step = Number(record[stepKey]);
    if (this.last !== undefined && name !== this.last.name && name !== undefined) {
      if (step <= Number(this.last.step)) {
        this.first = this.last.name;
        this.keys = { ...this.keys, run: mayBeRun };
        this.open.get(undefined)?.rows.leaveOut(mayBeRun);
      } else this.keys = { ...this.keys, mayBeRun: [] };
    }
    this.last = { name: name ?? this.last?.name, step };
  }
}
