import type { ComparisonReport, RunOutcome } from '../../experiments/index.ts';
import { armsTable, comparisonTable, decompositionTable, notesOf } from '../experiment-tables.ts';
import { counted } from './counted.ts';
import { incompleteGroup } from './incomplete.ts';
import type { Item } from './item.ts';
import type { Fact, Report, Verdict } from './report.ts';
import type { Section, TableSection } from './section.ts';

/** What a report of an experiment tells beside its comparison. */
export interface ExperimentReportOptions {
  readonly facts: readonly Fact[];
  /** Paths of run directories begin with it. */
  readonly folder: string;
  /** The command that goes on with it. */
  readonly command: string;
  /** As SVG. */
  readonly figures: readonly { readonly title: string; readonly svg: string }[];
  /** Why it ends early; runs that have not ended are then of no status. */
  readonly partial?: string;
  /** Exit code of the command. */
  readonly exitCode: number;
}

/** A comparison as a report: an item a run, and the tables. */
export function reportOfExperiment(report: ComparisonReport, options: ExperimentReportOptions): Report {
  const { name, question, arms, model, engine, seeds, steps } = report;
  const { partial, facts } = options;
  const items = arms.flatMap((arm) => arm.runs.map((run) => runItem(run, arm.changes.join(', '), options)));
  return {
    kind: 'plumbline report',
    format: 1,
    of: 'experiment',
    title: `Experiment ${name}`,
    verdict: verdictOf(report, options),
    ...(partial === undefined ? {} : { partial }),
    facts: [
      ...(question === undefined ? [] : [{ name: 'question', value: question }]),
      { name: 'model', value: `${model} on ${engine}` },
      { name: 'seeds', value: seeds.join(', ') },
      ...(steps === undefined ? [] : [{ name: 'gradient steps', value: String(steps) }]),
      ...facts,
    ],
    groups: [
      { id: 'runs', title: 'Runs', facts: [], items, series: [], sections: sectionsOf(report, options) },
      ...(partial === undefined ? [] : [incompleteGroup('partial', partial)]),
    ],
    sections: [],
  };
}

function runItem(run: RunOutcome, changes: string, { folder, command }: ExperimentReportOptions): Item {
  const { status, exitCode, story } = run;
  const isDone = status === 'done';
  return {
    id: run.folder,
    title: isDone ? 'the run is done' : 'the run failed',
    ...(changes === '' ? {} : { about: changes }),
    state: isDone ? 'passed' : 'failed',
    exitCode: isDone ? 0 : 1,
    message: isDone ? `seed ${run.seed}` : `seed ${run.seed}, exit code ${exitCode ?? 'none'}`,
    places: isDone ? [] : [{ file: `${folder}/${run.folder}`, what: 'its run directory' }],
    consequences: [],
    next: isDone
      ? []
      : [
          { text: 'See what its log shows', command: `npx plumbline diagnose ${folder}/${run.folder}` },
          { text: 'Go on with the experiment', command },
        ],
    details: story === undefined ? [] : [{ kind: 'listing', title: 'What it said', text: story }],
  };
}

function sectionsOf(report: ComparisonReport, { figures }: ExperimentReportOptions): readonly Section[] {
  const effects = decompositionTable(report);
  const notes = notesOf(report).join(' ');
  const hasRows = report.rows.length > 0;
  return [
    ...(hasRows ? [tableOf('Comparison', comparisonTable(report))] : []),
    ...(hasRows && notes !== '' ? [{ kind: 'text' as const, title: 'Notes', text: notes }] : []),
    ...(effects.length === 0 ? [] : [tableOf('Decomposition', effects)]),
    tableOf('Arms', [['arm', 'runs', 'changes'], ...armsTable(report)]),
    ...figures.map(({ title, svg }) => ({ kind: 'figure' as const, title, svg })),
  ];
}

function tableOf(title: string, [head = [], ...rows]: readonly (readonly string[])[]): TableSection {
  return {
    kind: 'table',
    title,
    columns: head.map((name, index) => (index === 0 ? { name } : { name, isNumber: true })),
    rows: rows.map((row) => head.map((_, index) => row[index] ?? '')),
  };
}

function verdictOf(
  { arms, verdict }: ComparisonReport,
  { partial, exitCode }: ExperimentReportOptions,
): Verdict {
  const runs = arms.flatMap((arm) => arm.runs);
  const failed = runs.filter(({ status }) => status === 'failed');
  const ended = `${counted(runs.length, 'run')} ended until then, ${failed.length} of them with a failure`;
  const about = verdict === undefined ? '' : ` ${verdict.sentence}`;
  if (partial !== undefined) {
    const sentence = `The experiment did not run to its end (${partial}): ${ended}.`;
    return { word: 'not to the end', tone: 'open', exitCode, sentence };
  }
  if (failed.length > 0) {
    const names = failed.map(({ folder }) => folder).join(', ');
    return {
      word: 'failed',
      tone: 'bad',
      exitCode,
      sentence: `${failed.length} of ${runs.length} runs failed: ${names}.${about}`,
    };
  }
  return {
    word: 'done',
    tone: 'good',
    exitCode,
    sentence: `${runs.length === 1 ? 'The run is' : `All ${runs.length} runs are`} done.${about}`,
  };
}
