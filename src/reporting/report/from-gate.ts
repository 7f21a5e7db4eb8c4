import type { GateReport } from '../../verification/gate-report.ts';
import { complaintsOf, exitCodeOf } from '../../verification/gate-report.ts';
import type { Place } from '../../runs/index.ts';
import type { LawText } from '../../verification/law.ts';
import {
  controlGroup,
  engineGroup,
  killGroups,
  ledgerGroup,
  leftOutGroup,
  replayGroup,
} from './gate-groups.ts';
import { acceptedItem, lawItem, unjudgedItem } from './gate-law-item.ts';
import { killMatrix, lawMatrix } from './gate-matrices.ts';
import { counted } from './counted.ts';
import { incompleteGroup } from './incomplete.ts';
import type { Fact, Group, Report, Verdict } from './report.ts';

/** What a report of a gate tells that its result does not hold. */
export interface GateReportOptions {
  readonly laws: readonly LawText[];
  readonly faults: readonly { readonly id: string; readonly summary: string }[];
  /** Where a law is written down; undefined where its source is not here. */
  readonly placeOf: (law: string) => Place | undefined;
  /** Command that shows a violation again. */
  readonly replayCommand: (law: string, engine: string) => string;
  /** File that a violation was written to, where it could be. */
  readonly counterexampleOf: (law: string, engine: string) => string | undefined;
}

/** A gate as a report: engines, a group of laws and one of faults an engine, and the two matrices over all engines. */
export function reportOfGate(report: GateReport, options: GateReportOptions): Report {
  const { engines, laws, cells, partial, leftOut } = report;
  const judged = engines.filter(({ status }) => status === 'judged').map(({ engine }) => engine);
  const groups: readonly (Group | undefined)[] = [
    partial === undefined ? undefined : incompleteGroup('partial', partial),
    laws.length === 0 && partial === undefined ? incompleteGroup('no-law', 'no law was judged') : undefined,
    ...judged.map((engine) => lawGroup(report, engine, options)),
    ledgerGroup(report),
    leftOutGroup(report, options),
    ...killGroups(report, options),
    replayGroup(report, options),
    controlGroup(report, options),
    engineGroup(report),
  ];
  return {
    kind: 'plumbline report',
    format: 1,
    of: 'gate',
    title: `Gate of ${subjectOf(report)}: ${counted(report.options.laws.length, 'law')} on ${counted(judged.length, 'engine')}`,
    verdict: verdictOf(report, options.laws),
    ...(partial === undefined ? {} : { partial }),
    facts: factsOf(report),
    groups: groups.filter((group) => group !== undefined),
    sections: [
      ...(laws.length === 0 ? [] : [lawMatrix(report, judged, options.laws)]),
      ...(cells.length === 0 ? [] : [killMatrix(report, options.faults)]),
      ...(report.options.power || report.subject !== undefined
        ? []
        : [
            {
              kind: 'text' as const,
              title: 'Kill matrix',
              text: 'Not shown (--no-power): this gate says nothing about whether the laws could fail.',
            },
          ]),
      ...(leftOut.length === 0
        ? []
        : [
            {
              kind: 'text' as const,
              title: 'Documented bugs that were left out',
              text: `They need a long training (--nightly): ${leftOut.join(', ')}.`,
            },
          ]),
    ],
  };
}

function lawGroup(report: GateReport, engine: string, options: GateReportOptions): Group {
  const items = report.options.laws.map((id) => {
    const verdict = report.laws.find((one) => one.law === id && one.engine === engine);
    if (verdict === undefined) return unjudgedItem(id, options);
    const item = lawItem(verdict, report.options.strict, options);
    const known = report.ledger?.find(
      (one) => one.law === id && one.engine === engine && one.outcome === 'as expected',
    );
    return known === undefined ? item : acceptedItem(item, known);
  });
  return {
    id: `laws/${engine}`,
    title: `Laws on ${engine}`,
    facts: [],
    items: [...items].sort((a, b) => rank(a.exitCode) - rank(b.exitCode)),
    series: [],
    sections: [],
  };
}

/** What is wrong before what is not decided, and the rest as it stands. */
function rank(exitCode: 0 | 1 | 2): number {
  return exitCode === 0 ? 3 : exitCode;
}

function verdictOf(report: GateReport, known: readonly LawText[]): Verdict {
  const exitCode = exitCodeOf(report);
  const complaints = complaintsOf(report).filter((complaint) => complaint.exitCode === exitCode);
  const [first] = complaints;
  const others = complaints.length > 1 ? `, and ${complaints.length - 1} more` : '';
  const told = first === undefined ? '' : `${first.story}${others}`;
  const early = report.partial === undefined ? '' : ` The gate did not run to its end (${report.partial}).`;
  if (exitCode === 1)
    return {
      word: 'failed',
      tone: 'bad',
      exitCode,
      sentence: `The gate fails: ${told}.${meaningOf(report, known)}${early}`,
    };
  if (exitCode === 2) {
    const judged = counted(report.laws.length, 'verdict');
    const sentence =
      report.partial === undefined
        ? `The gate could not judge: ${told}.`
        : `The gate did not run to its end: ${report.partial}. It had given ${judged} by then, none of them a violation.`;
    return { word: 'could not judge', tone: 'open', exitCode, sentence };
  }
  const engines = report.engines.filter(({ status }) => status === 'judged').map(({ engine }) => engine);
  const faults = new Set(report.cells.map(({ fault }) => fault)).size;
  const killed =
    faults === 0
      ? ''
      : `, and ${faults === 1 ? 'the documented bug' : `each of ${faults} documented bugs`} is caught`;
  const count = report.options.laws.length;
  const deviations = report.ledger?.filter(({ outcome }) => outcome === 'as expected').length ?? 0;
  const but = deviations === 0 ? '' : `, but for ${counted(deviations, 'known deviation')},`;
  const all =
    count === 1 && deviations === 0
      ? `${report.options.laws[0] ?? ''} holds`
      : `All ${count} laws hold${but}`;
  const sentence = `${all} on ${engines.join(', ')}${killed}.`;
  return { word: 'passed', tone: 'good', exitCode, sentence };
}

/** What the first violation means, for a reader who does not know the laws. */
function meaningOf({ laws }: GateReport, known: readonly LawText[]): string {
  const violated = laws.find(({ verdict }) => verdict === 'violated')?.law;
  const law = known.find(({ id }) => id === violated);
  return law === undefined ? '' : ` What ${law.id} guards against: ${law.guards}.`;
}

function factsOf({ startedAt, durationMs, options, versions, subject }: GateReport): readonly Fact[] {
  return [
    ...(subject === undefined
      ? []
      : [
          { name: 'subject', value: `${subject.name} (${subject.language}: ${subject.runtime})` },
          { name: 'command', value: subject.command },
          ...subject.deaths.map((story) => ({ name: 'died, and was started again', value: story })),
        ]),
    { name: 'started', value: startedAt },
    { name: 'took', value: `${(durationMs / 1000).toFixed(1)} s` },
    { name: 'seed', value: String(options.seed) },
    { name: 'cases a law, at most', value: String(options.runs) },
    ...Object.entries(versions).map(([name, value]) => ({ name, value })),
  ];
}

function subjectOf({ laws }: GateReport): string {
  return [...new Set(laws.map(({ subject }) => subject))].join(', ') || 'nothing';
}
