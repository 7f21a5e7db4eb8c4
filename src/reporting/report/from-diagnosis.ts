import type { Diagnosis, RunDiagnosis, RunGroup, RunVerdict } from '../../diagnosis/index.ts';
import type { Problem } from '../../runs/index.ts';
import { PROBLEM_KINDS } from '../../runs/index.ts';
import type { ExplainFault } from './diagnosis-item.ts';
import { diagnosisItems } from './diagnosis-item.ts';
import { comparisonSections } from './diagnosis-comparison.ts';
import { counted } from './counted.ts';
import { incompleteGroup } from './incomplete.ts';
import type { Item } from './item.ts';
import { onsetOf, onsetText } from './onset-text.ts';
import type { Fact, Group, Report, ReportSeries, Tone, Verdict } from './report.ts';
import type { TableSection } from './section.ts';

/** What a report of a diagnosis tells beside it. */
export interface DiagnosisReportOptions {
  /** Versions, and how it was asked for. */
  readonly facts: readonly Fact[];
  readonly explainFault?: ExplainFault;
  /** By whom it was interrupted, if it was. */
  readonly interruptedBy?: string;
}

const TONES: Readonly<Record<RunVerdict, Tone>> = {
  healthy: 'good',
  sick: 'bad',
  suspect: 'open',
  'not-judged': 'open',
};

export const DIAGNOSIS_EXIT_CODES = { healthy: 0, sick: 1, suspect: 2, 'not-judged': 2 } as const;

/** A diagnosis as a report: a group a run, with the causes first. */
export function reportOfDiagnosis(
  { verdict, runs, groups, problems, isInterrupted }: Diagnosis,
  { facts, explainFault, interruptedBy = 'a signal' }: DiagnosisReportOptions,
): Report {
  const judged = runs.map((run) => groupOf(run, explainFault));
  const [only] = judged;
  const partial = isInterrupted ? `interrupted by ${interruptedBy}` : undefined;
  const said =
    runs.length === 1 && only?.verdict !== undefined ? only.verdict.sentence : overall(runs, problems);
  return {
    kind: 'plumbline report',
    format: 1,
    of: 'diagnosis',
    title:
      runs.length === 1
        ? `Diagnosis of ${runs[0]?.run.head.id ?? ''}`
        : `Diagnosis of ${counted(runs.length, 'run')}`,
    verdict: {
      word: verdict,
      tone: TONES[verdict],
      exitCode: DIAGNOSIS_EXIT_CODES[verdict],
      sentence:
        partial === undefined ? said : `The diagnosis did not run to its end (${partial}). So far: ${said}`,
    },
    ...(partial === undefined ? {} : { partial }),
    facts,
    groups: [
      ...judged,
      ...(problems.length === 0 ? [] : [unread(problems)]),
      ...(runs.length === 0 && partial === undefined ? [incompleteGroup('no-run', 'no run was found')] : []),
      ...(partial === undefined ? [] : [incompleteGroup('partial', partial)]),
    ],
    sections: groups.map(sharedSection),
  };
}

function groupOf(diagnosis: RunDiagnosis, explainFault: ExplainFault | undefined): Group {
  const { run, verdict, reason, outcomes, checklist, comparison } = diagnosis;
  const items = [...diagnosisItems(diagnosis, explainFault), ...problemItems(run.problems)];
  const isExplained = verdict !== 'not-judged' || items.some(({ exitCode }) => exitCode !== 0);
  const ran = outcomes.filter(({ state }) => state !== 'not-checked').length;
  return {
    id: run.head.id,
    title: run.head.id,
    verdict: verdictOf(diagnosis),
    facts: [
      {
        name: 'log',
        value: `${run.head.format}, ${run.rows === 0 ? 'no rows' : `${counted(run.rows, 'row')} to step ${run.lastStep}`}`,
      },
      { name: 'checklist', value: `${checklist}: ${ran} of ${outcomes.length} checks ran` },
    ],
    items: isExplained
      ? items
      : [...incompleteGroup('not-judged', reason ?? 'no reason given').items, ...items],
    series: [...run.series.values(), ...run.unnamed].map(
      ({ name, logged, metric, points, notFinite, count }): ReportSeries => ({
        name: logged,
        ...(metric === undefined ? {} : { meaning: name }),
        steps: points.map(({ step }) => step),
        values: points.map(({ value }) => value),
        notFinite: notFinite.map(({ step }) => step),
        rows: count,
      }),
    ),
    sections: comparison === undefined ? [] : comparisonSections(comparison),
  };
}

/** What broke, and when, in a sentence. */
function verdictOf({ run, verdict, reason, causes, outcomes }: RunDiagnosis): Verdict {
  const name = run.head.id;
  const required = outcomes.filter(({ isRequired }) => isRequired).length;
  const [first] = causes;
  const what = first === undefined ? '' : `${since(first.outcome.findings[0])}: ${first.outcome.check.title}`;
  const sentence = {
    healthy: `${name} is healthy: all ${required} required checks ran and found nothing.`,
    sick: `${name} is sick${what}.`,
    suspect: `${name} is suspect${what}. This log does not decide it.`,
    'not-judged': `${name} could not be judged: ${reason ?? 'no reason given'}.`,
  }[verdict];
  return { word: verdict, tone: TONES[verdict], exitCode: DIAGNOSIS_EXIT_CODES[verdict], sentence };
}

/** `, beginning between steps 1600 and 1700`, or ` from step 40`. */
function since(finding: Parameters<typeof onsetOf>[0]): string {
  const text = onsetText(onsetOf(finding));
  return text.startsWith('from') ? ` ${text}` : `, beginning ${text}`;
}

function overall(runs: readonly RunDiagnosis[], problems: readonly Problem[]): string {
  if (runs.length === 0) return 'No run was judged.';
  const counts = new Map<RunVerdict, number>();
  for (const { verdict } of runs) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const told = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  const lost = problems.filter(({ kind }) => PROBLEM_KINDS[kind].lost).length;
  return `${counted(runs.length, 'run')}: ${told}.${lost === 0 ? '' : ` Not all was read: ${counted(lost, 'problem')}.`}`;
}

function unread(problems: readonly Problem[]): Group {
  return {
    id: 'logs',
    title: 'Files of no run',
    facts: [],
    items: problemItems(problems),
    series: [],
    sections: [],
  };
}

function problemItems(problems: readonly Problem[]): readonly Item[] {
  const seen = new Map<string, number>();
  return problems.map(({ kind, place, what }) => {
    const number = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, number);
    const { lost, summary } = PROBLEM_KINDS[kind];
    return {
      id: number === 1 ? `log/${kind}` : `log/${kind}/${number}`,
      title: summary,
      state: lost ? 'not-checked' : 'remark',
      exitCode: lost ? 2 : 0,
      message: what,
      places: [place],
      consequences: [],
      next: [],
      details: [],
    };
  });
}

/** What runs of one configuration have in common: what all seeds show is no accident of one. */
function sharedSection({ runs, findings }: RunGroup): TableSection {
  return {
    kind: 'table',
    title: `${runs.length} runs of one configuration`,
    columns: [{ name: 'check' }, { name: 'what it found' }, { name: 'severity' }, { name: 'in' }],
    rows: findings.map(({ check, title, severity, runs: those }) => [
      check,
      title,
      severity,
      `${those.length} of ${runs.length}: ${those.join(', ')}`,
    ]),
  };
}
