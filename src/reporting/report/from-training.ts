import type { Item } from './item.ts';
import type { Fact, Group, Report, ReportSeries, Verdict } from './report.ts';

/** What became of a training run. */
export interface TrainedOutcome {
  readonly model: string;
  /** The run directory. */
  readonly path: string;
  /** How it ended: to the end, by a signal, or by its own failure. */
  readonly end:
    | { readonly status: 'trained'; readonly evaluation?: string }
    | { readonly status: 'stopped'; readonly by: string; readonly command: string }
    | { readonly status: 'failed'; readonly story: string };
  readonly exitCode: number;
  /** Rows of the log; what JSON does not know as a number is text. */
  readonly rows: readonly Readonly<Record<string, number | string>>[];
  readonly facts: readonly Fact[];
  /** As SVG. */
  readonly figures: readonly { readonly title: string; readonly svg: string }[];
}

/** A training run as a report: how it ended, its evaluation, its figures and the series of its log. */
export function reportOfTraining(outcome: TrainedOutcome): Report {
  const { model, path, end, facts, rows, figures } = outcome;
  const partial = end.status === 'stopped' ? `stopped by ${end.by} after ${stepsOf(rows)}` : undefined;
  const group: Group = {
    id: path,
    title: path,
    facts: [],
    items: [itemOf(outcome)],
    series: seriesOf(rows),
    sections: [
      ...(end.status === 'trained' && end.evaluation !== undefined
        ? [{ kind: 'listing' as const, title: 'Evaluation', text: end.evaluation }]
        : []),
      ...figures.map(({ title, svg }) => ({ kind: 'figure' as const, title, svg })),
    ],
  };
  return {
    kind: 'plumbline report',
    format: 1,
    of: 'training',
    title: `Training of ${model} in ${path}`,
    verdict: verdictOf(outcome, partial),
    ...(partial === undefined ? {} : { partial }),
    facts,
    groups: [group],
    sections: [],
  };
}

function itemOf({ path, end, exitCode }: TrainedOutcome): Item {
  const base = { id: 'training', places: [], consequences: [], details: [] } as const;
  if (end.status === 'trained') {
    const title = end.evaluation === undefined ? 'the run is trained' : 'the run is trained and evaluated';
    return { ...base, title, state: 'passed', exitCode: 0, next: [] };
  }
  if (end.status === 'stopped')
    return {
      ...base,
      title: 'the run was stopped before its end',
      state: 'not-checked',
      exitCode: 2,
      message: `stopped by ${end.by}, exit code ${exitCode}`,
      places: [{ file: path, what: 'its run directory' }],
      next: [{ text: 'Go on with it', command: end.command }],
    };
  return {
    ...base,
    title: 'the training failed',
    state: 'failed',
    exitCode: 1,
    message: end.story.split('\n')[0] ?? '',
    places: [{ file: path, what: 'its run directory' }],
    next: [{ text: 'See what its log shows', command: `npx plumbline diagnose ${path}` }],
    details: [{ kind: 'listing', title: 'What it said', text: end.story }],
  };
}

function verdictOf({ end, exitCode, model, rows }: TrainedOutcome, partial: string | undefined): Verdict {
  const steps = stepsOf(rows);
  if (partial !== undefined)
    return { word: 'stopped', tone: 'open', exitCode, sentence: `The training of ${model} was ${partial}.` };
  if (end.status === 'failed') {
    const story = end.story.split('\n')[0] ?? '';
    return {
      word: 'failed',
      tone: 'bad',
      exitCode,
      sentence: `The training of ${model} failed after ${steps}: ${story}`,
    };
  }
  return { word: 'trained', tone: 'good', exitCode, sentence: `${model} is trained to its end: ${steps}.` };
}

function stepsOf(rows: TrainedOutcome['rows']): string {
  const last = rows.at(-1)?.['step'];
  return last === undefined ? 'no row of its log' : `step ${last} of its log`;
}

function seriesOf(rows: TrainedOutcome['rows']): readonly ReportSeries[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'step');
  return names.map((name) => {
    const points = rows.flatMap(({ step: at, [name]: value }) =>
      value === undefined ? [] : [{ step: Number(at), value: Number(value) }],
    );
    const finite = points.filter(({ value }) => Number.isFinite(value));
    return {
      name,
      steps: finite.map(({ step }) => step),
      values: finite.map(({ value }) => value),
      notFinite: points.filter(({ value }) => !Number.isFinite(value)).map(({ step }) => step),
      rows: points.length,
    };
  });
}
