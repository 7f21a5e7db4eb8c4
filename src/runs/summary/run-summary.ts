import type { Place } from '../place.ts';
import type { Problem } from '../problem.ts';
import type { RunHead, RunTaker } from '../read.ts';
import type { Row } from '../row.ts';
import type { Resume } from '../step-order.ts';
import type { ProblemGroup } from './problem-list.ts';
import { ProblemList } from './problem-list.ts';
import type { SeriesSummary } from './series-summary.ts';
import { SeriesSummariser } from './series-summary.ts';

/** More are no metrics: a record whose keys are data, one a sample. */
const MAXIMUM_KEYS = 10_000;

/** A run is resumed some times; a log that goes back more often counts something else. */
const LISTED_RESUMES = 100;

/** A key without numbers. */
export interface OtherKey {
  readonly key: string;
  /** What it holds instead, as it first stood there. */
  readonly kind: string;
  readonly count: number;
  readonly place: Place;
}

/** What was found of one run. */
export interface RunSummary extends RunHead {
  readonly rows: number;
  /** Seconds since the epoch of the first and the last row, where rows have a time. */
  readonly written?: { readonly from: number; readonly to: number };
  readonly series: readonly SeriesSummary[];
  readonly resumes: { readonly count: number; readonly first: readonly Resume[] };
  readonly config: Readonly<Record<string, unknown>>;
  /** Keys that were found and hold no numbers. */
  readonly others: readonly OtherKey[];
  readonly problems: readonly ProblemGroup[];
}

/** Summarises a run as it is read, with memory for its metrics alone. */
export class RunSummariser implements RunTaker {
  private readonly head: RunHead;
  private readonly whenDone: (summary: RunSummary) => void;
  private readonly series = new Map<string, SeriesSummariser>();
  private readonly others = new Map<string, { kind: string; count: number; place: Place }>();
  private readonly problems = new ProblemList();
  private readonly resumes: Resume[] = [];
  private resumeCount = 0;
  private rows = 0;
  private readonly configured: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  private configuredKeys = 0;
  private from: number | undefined;
  private to: number | undefined;

  constructor(head: RunHead, whenDone: (summary: RunSummary) => void) {
    this.head = head;
    this.whenDone = whenDone;
  }

  row({ step, values, wallTime, place }: Row): void {
    this.rows += 1;
    if (wallTime !== undefined) {
      this.from ??= wallTime;
      this.to = wallTime;
    }
    for (const name in values) {
      const value = values[name];
      if (value === undefined) continue;
      const series = this.series.get(name) ?? this.begin(name, step, place);
      series?.take(step, value, place);
    }
  }

  private begin(name: string, step: number, place: Place): SeriesSummariser | undefined {
    if (this.series.size >= MAXIMUM_KEYS) {
      const what = `"${name}" and what comes after it were not read: there are ${MAXIMUM_KEYS} metrics already`;
      this.problem({ kind: 'keys-too-many', place, what });
      return undefined;
    }
    const begun = new SeriesSummariser(name, step);
    this.series.set(name, begun);
    return begun;
  }

  config(settings: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(settings)) {
      if (!(key in this.configured) && (this.configuredKeys += 1) > MAXIMUM_KEYS) return;
      this.configured[key] = bounded(value);
    }
  }

  other(key: string, kind: string, place: Place): void {
    const known = this.others.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.others.size < MAXIMUM_KEYS) this.others.set(key, { kind, count: 1, place });
  }

  problem(problem: Problem): void {
    this.problems.add(problem);
  }

  resumed(resume: Resume): void {
    this.resumeCount += 1;
    if (this.resumes.length < LISTED_RESUMES) this.resumes.push(resume);
  }

  end(): void {
    const { from, to } = this;
    this.whenDone({
      ...this.head,
      rows: this.rows,
      ...(from === undefined || to === undefined ? {} : { written: { from, to } }),
      series: [...this.series.values()].map((series) => series.summary()),
      resumes: { count: this.resumeCount, first: this.resumes },
      config: this.configured,
      others: [...this.others].map(([key, about]) => ({ key, ...about })),
      problems: this.problems.groups(),
    });
  }
}

/** Deeper is no setting, and no program could print it. */
const MAXIMUM_DEPTH = 16;

function bounded(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAXIMUM_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((one) => bounded(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, bounded(one, depth + 1)]));
}
