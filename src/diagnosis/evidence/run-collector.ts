import type { Meaning, Problem, Resume, Row, RunHead, RunTaker } from '../../runs/index.ts';
import type { LoggedRun } from './logged-run.ts';
import type { Point, Series } from './series.ts';
import { ThinnedPoints } from './thinned-points.ts';

/** More metrics than any person looks at; a log with more is said not to have been judged whole. */
const MAXIMUM_SERIES = 2_000;

/** Of problems, resumes and values that are not finite the first are kept. */
const MAXIMUM_LISTED = 100;

interface Collected {
  readonly logged: string;
  readonly meaning: Meaning | undefined;
  readonly points: ThinnedPoints;
  notFinite: Point[];
  notFiniteCount: number;
  count: number;
}

/** Collects one run as it is read. */
export class RunCollector implements RunTaker {
  private readonly head: RunHead;
  private readonly meaningOf: (name: string) => Meaning | undefined;
  private readonly whenDone: (run: LoggedRun) => void;
  private readonly collected = new Map<string, Collected>();
  private readonly problems: Problem[] = [];
  private readonly resumes: Resume[] = [];
  private readonly settings: Record<string, unknown> = {};
  private rows = 0;
  private firstStep = Infinity;
  private lastStep = -Infinity;

  constructor(
    head: RunHead,
    meaningOf: (name: string) => Meaning | undefined,
    whenDone: (run: LoggedRun) => void,
  ) {
    this.head = head;
    this.meaningOf = meaningOf;
    this.whenDone = whenDone;
  }

  row({ step, values, place }: Row): void {
    this.rows += 1;
    this.firstStep = Math.min(this.firstStep, step);
    this.lastStep = Math.max(this.lastStep, step);
    for (const name in values) {
      const value = values[name];
      const series = value === undefined ? undefined : (this.collected.get(name) ?? this.begin(name, place));
      if (value === undefined || series === undefined) continue;
      series.count += 1;
      const point = { step, value: value * (series.meaning?.factor ?? 1), place };
      if (Number.isFinite(value)) series.points.take(point);
      else {
        series.notFiniteCount += 1;
        if (series.notFinite.length < MAXIMUM_LISTED) series.notFinite.push(point);
      }
    }
  }

  private begin(name: string, place: Row['place']): Collected | undefined {
    if (this.collected.size >= MAXIMUM_SERIES) {
      const what = `"${name}" and what comes after it were not judged: there are ${MAXIMUM_SERIES} metrics already`;
      if (!this.problems.some(({ kind }) => kind === 'keys-too-many'))
        this.problem({ kind: 'keys-too-many', place, what });
      return undefined;
    }
    const begun: Collected = {
      logged: name,
      meaning: this.meaningOf(name),
      points: new ThinnedPoints(),
      notFinite: [],
      notFiniteCount: 0,
      count: 0,
    };
    this.collected.set(name, begun);
    return begun;
  }

  config(settings: Readonly<Record<string, unknown>>): void {
    Object.assign(this.settings, settings);
  }

  /** A key without numbers is no evidence. */
  other(): void {
    return undefined;
  }

  problem(problem: Problem): void {
    if (this.problems.length < MAXIMUM_LISTED) this.problems.push(problem);
  }

  resumed(resume: Resume): void {
    if (this.resumes.length < MAXIMUM_LISTED) this.resumes.push(resume);
    for (const series of this.collected.values()) {
      series.points.cutFrom(resume.to);
      series.notFinite = series.notFinite.filter(({ step }) => step < resume.to);
      if (series.notFiniteCount <= MAXIMUM_LISTED) series.notFiniteCount = series.notFinite.length;
    }
  }

  end(): void {
    const named = new Map<string, Series>();
    const unnamed: Series[] = [];
    for (const one of this.collected.values()) {
      const series = seriesOf(one);
      const known = named.get(series.name);
      if (one.meaning === undefined) unnamed.push(series);
      else if (known === undefined || known.count < series.count) named.set(series.name, series);
    }
    this.whenDone({
      head: this.head,
      rows: this.rows,
      series: named,
      unnamed,
      config: this.settings,
      resumes: this.resumes,
      problems: this.problems,
      firstStep: this.firstStep,
      lastStep: this.lastStep,
      runsBehind: 0,
    });
  }
}

function seriesOf({ logged, meaning, points, notFinite, notFiniteCount, count }: Collected): Series {
  return {
    name: meaning?.name ?? logged,
    logged,
    ...(meaning === undefined ? {} : { metric: meaning.metric }),
    points: points.all(),
    notFinite,
    notFiniteCount,
    count,
  };
}
