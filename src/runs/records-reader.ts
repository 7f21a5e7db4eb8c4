import type { Place } from './place.ts';
import type { Problem } from './problem.ts';
import type { About, TakenRecord } from './record-runs.ts';
import { RecordRuns } from './record-runs.ts';
import type { RunSink, RunsSink } from './row.ts';
import { chosenRunKeys, groupsBy, runKeysIn, runNameOf } from './run-key.ts';
import { countingKeys } from './step-choice.ts';
import { stepKeyOf } from './step-key.ts';
import { flatten } from './text/flatten.ts';

/** Records from which the keys of the step and of the run are chosen. */
const FIRST_RECORDS = 100;

const NOTHING: readonly About[] = [];

type JsonRecord = Readonly<Record<string, unknown>>;

/** Which key counts steps: that which the user names, where the log has it; that of the format; or the one that is found. */
export interface StepKeys {
  readonly asked?: string | undefined;
  readonly own?: string | undefined;
}

/**
 * Turns records whose keys are not known beforehand into rows: the first ones wait until the keys of step and run are chosen.
 * Given the runs of a log, it may part its records into several; given one run, all are of it.
 */
export class RecordsReader {
  private readonly runs: RunsSink;
  private readonly isParted: boolean;
  private readonly step: StepKeys;
  private waiting: TakenRecord[] = [];
  /** What is to be said of the record that comes next. */
  private about: About[] = [];
  /** What is to be said of the log once it is known of which run it is. */
  private held: ((rows: RecordRuns) => void)[] = [];
  private rows: RecordRuns | undefined;
  /** Takes what is said of the record that comes next. */
  readonly next: Pick<RunSink, 'other' | 'problem'> = {
    other: (...about) => {
      this.about.push((run) => {
        run.other(...about);
      });
    },
    problem: (problem) => {
      this.about.push((run) => {
        run.problem(problem);
      });
    },
  };

  constructor(sink: RunSink | RunsSink, step: StepKeys = {}) {
    this.isParted = 'run' in sink;
    this.runs = 'run' in sink ? sink : { run: () => sink, problem: sink.problem.bind(sink) };
    this.step = step;
  }

  /** Takes a record, and the JSON text of it where there is one. */
  take(record: JsonRecord, place: Place, text?: string): void {
    const about = this.about.length === 0 ? NOTHING : this.about;
    if (about !== NOTHING) this.about = [];
    if (this.rows !== undefined) {
      this.rows.take({ record, place, about, text });
      return;
    }
    this.waiting.push({ record, place, about, text });
    if (this.waiting.length === FIRST_RECORDS) this.begin();
  }

  /** Takes a problem of the log, and of no record. */
  problem(problem: Problem): void {
    this.tell((rows) => {
      rows.shared().problem(problem);
    });
  }

  /** Takes settings that stand beside the records. */
  config(settings: JsonRecord): void {
    this.tell((rows) => {
      rows.config(settings);
    });
  }

  /** Takes a key beside the records. */
  other(...about: Parameters<RunSink['other']>): void {
    this.tell((rows) => {
      rows.only().other(...about);
    });
  }

  /** Takes the keys of what follows, where a table has a new header; steps are counted on. */
  rename(keys: readonly string[]): void {
    if (this.waiting.length > 0) this.begin();
    const { asked, own } = this.step;
    this.rows?.rename(
      keys,
      [asked, own].find((key) => key !== undefined && keys.includes(key)),
    );
  }

  /** Reads the records that wait for more to come. */
  end(): void {
    if (this.rows === undefined) this.begin();
    const [about, rows] = [this.about, this.rows];
    this.about = [];
    if (about.length > 0 && rows !== undefined) for (const tell of about) tell(rows.only());
  }

  private tell(what: (rows: RecordRuns) => void): void {
    if (this.rows !== undefined) what(this.rows);
    else {
      this.held.push(what);
      // A file of noise has a problem a line, and no record.
      if (this.held.length === FIRST_RECORDS) this.begin();
    }
  }

  private begin(): void {
    const [waiting, held] = [this.waiting, this.held];
    [this.waiting, this.held] = [[], []];
    const [first, ...others] = waiting;
    const values = others.map(valuesOf);
    const known = new Set(values.flatMap((one) => Object.keys(one)));
    // A line of settings before the rows shares no key with them.
    const isSettings =
      first !== undefined && others.length > 1 && !Object.keys(valuesOf(first)).some((key) => known.has(key));
    const records = isSettings ? others : waiting;
    if (first !== undefined && !isSettings) values.unshift(valuesOf(first));
    const keys = [...new Set(values.flatMap((one) => Object.keys(one)))];
    const raw = records.map(({ record }) => record);
    const run = this.isParted ? chosenRunKeys(raw, (groups) => this.stepKeyIn(groups, keys)) : [];
    const step = this.stepKeyIn(
      groupsBy(raw, (record) => runNameOf(record, run)),
      keys,
    );
    const mayBeRun = this.isParted ? runKeysIn([...new Set(raw.flatMap((one) => Object.keys(one)))]) : [];
    const rows = new RecordRuns(this.runs, { keys, step, run, mayBeRun });
    this.rows = rows;
    if (run.length === 0) rows.only();
    if (isSettings) rows.config(first.record);
    for (const tell of held) tell(rows);
    const { asked } = this.step;
    if (asked !== undefined && first !== undefined && !keys.includes(asked)) {
      const what = `there is no number under "${asked}"; steps are counted by ${step === undefined ? 'rows' : `"${step}"`}`;
      rows.shared().problem({ kind: 'step-key-absent', place: first.place, what });
    }
    for (const record of records) rows.take(record);
  }

  private stepKeyIn(groups: readonly (readonly JsonRecord[])[], keys: readonly string[]): string | undefined {
    const { asked, own } = this.step;
    if (asked !== undefined && keys.includes(asked)) return asked;
    if (own !== undefined && keys.includes(own)) return own;
    return stepKeyOf(countingKeys(groups.map((group) => group.map(numbersOf))));
  }
}

function valuesOf({ record }: TakenRecord): Readonly<Record<string, number>> {
  return numbersOf(record);
}

function numbersOf(record: JsonRecord): Readonly<Record<string, number>> {
  return flatten(record, { file: '' }, () => undefined).values;
}
