import type { GateReport } from '../verification/gate-report.ts';
import { complaintsOf, exitCodeOf } from '../verification/gate-report.ts';
import type { LawText } from '../verification/law.ts';
import { ratioOf } from '../verification/measurement.ts';
import { PROTOCOL_FAULTS } from '../verification/protocol/index.ts';
import { describeViolation } from './describe-violation.ts';
import { kernelsText } from './kernels-text.ts';
import type { Paint } from './paint.ts';
import { plain } from './paint.ts';
import { table } from './table.ts';

export interface GateTerminalOptions {
  readonly laws: readonly LawText[];
  /** Command that replays the counterexample of a law on an engine. */
  readonly replayCommand: (law: string, engine: string) => string;
  readonly paint?: Paint;
}

/** The whole report of a gate as text: engines, laws by engine, kill matrix, every failure in full, verdict. */
export function gateTerminal(report: GateReport, options: GateTerminalOptions): string {
  const paint = options.paint ?? plain;
  const sections = [
    subjectSection(report),
    enginesSection(report),
    lawsSection(report),
    leftOutSection(report),
    killsSection(report),
    ledgerSection(report),
    ...failures(report, options, paint),
    closing(report, paint),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function subjectSection({ subject }: GateReport): string {
  if (subject === undefined) return '';
  const { name, version, language, runtime, command, deaths } = subject;
  const died = deaths.map(
    (story) => `\n  it died, and was started again: ${story.replaceAll('\n', '\n    ')}`,
  );
  return `Subject\n  ${name}${version === undefined ? '' : ` ${version}`} (${language}: ${runtime}), by ${command}${died.join('')}`;
}

/** Laws that could not be asked, by what they would need. */
function leftOutSection({ subject }: GateReport): string {
  if (subject === undefined || subject.leftOut.length === 0) return '';
  const needs = [...new Set(subject.leftOut.map(({ missing }) => missing.join(', ')))];
  const rows = needs.map((need) => [
    need,
    subject.leftOut
      .filter(({ missing }) => missing.join(', ') === need)
      .map(({ law }) => law)
      .join(', '),
  ]);
  return `Not checked, since the subject does not have the operation (${subject.leftOut.length} laws)\n${table(rows, '  ')}`;
}

function ledgerSection({ ledger }: GateReport): string {
  if (ledger === undefined) return '';
  const rows = ledger.map(({ law, engine, expect, since, why, outcome, found }) => [
    law,
    engine,
    `${expect} since ${since}: ${why}`,
    found === '' ? outcome : `${outcome.toUpperCase()}: ${found}`,
  ]);
  return `Known deviations\n${rows.length === 0 ? '  none of the laws that were judged' : table(rows, '  ')}`;
}

function enginesSection(report: GateReport): string {
  const rows = report.engines.map(({ engine, status, identity, reason, remedy }) => {
    if (status === 'judged' && identity !== undefined) {
      const holds = report.laws.filter((law) => law.engine === engine && law.verdict === 'holds').length;
      const all = report.laws.filter((law) => law.engine === engine).length;
      return [
        engine,
        identity.version,
        `opened in ${seconds(identity.openMs)}, self-test at ${identity.selfTest.toFixed(2)} of its bound`,
        [`${holds} of ${all} laws hold`, kernelsText(report, engine)]
          .filter((text) => text !== '')
          .join(', '),
      ];
    }
    return [engine, 'not-checked', firstLine(reason), remedy === undefined ? '' : `add it: ${remedy}`];
  });
  return `Engines\n${table(rows, '  ')}`;
}

/** Ratio of the measurement that came closest to its bound, by law and engine. */
function lawsSection(report: GateReport): string {
  const engines = report.engines.filter(({ status }) => status === 'judged').map(({ engine }) => engine);
  if (report.laws.length === 0) return '';
  const cell = (law: string, engine: string): string => {
    const verdict = report.laws.find((entry) => entry.law === law && entry.engine === engine);
    if (verdict === undefined) return '–';
    if (verdict.verdict !== 'holds') return verdict.verdict;
    return `holds ${verdict.worst === undefined ? '' : ratioOf(verdict.worst).toFixed(2)}`;
  };
  const rows = report.options.laws.map((law) => {
    const runs = report.laws.filter((entry) => entry.law === law).map((entry) => entry.runs);
    return [
      law,
      ...engines.map((engine) => cell(law, engine)),
      `${Math.min(...runs, Infinity)}`.replace('Infinity', '–'),
    ];
  });
  return `Laws (measured over allowed, worst case; cases judged)\n${table([['', ...engines, 'cases'], ...rows], '  ')}`;
}

function killsSection(report: GateReport): string {
  if (!report.options.power && report.subject !== undefined)
    return 'Adapter broken on purpose: not shown (--no-power).';
  if (!report.options.power)
    return 'Kill matrix: not shown (--no-power); this gate says nothing about whether the laws could fail.';
  if (report.cells.length === 0) return '';
  const faults = [...new Set(report.cells.map(({ fault }) => fault))];
  const rows = faults.map((fault) => {
    const cells = report.cells.filter((cell) => cell.fault === fault);
    const laws = [...new Set(cells.map(({ law }) => law))].map((law) => {
      const outcomes = cells.filter((cell) => cell.law === law);
      const bad = outcomes.filter(({ outcome }) => outcome !== 'killed');
      return bad.length === 0
        ? law
        : `${law} (${bad.map(({ engine, outcome }) => `${outcome} on ${engine}`).join(', ')})`;
    });
    const engines = [...new Set(cells.map(({ engine }) => engine))].join(', ');
    const killed = cells.every(({ outcome }) => outcome === 'killed') ? 'killed' : 'NOT KILLED';
    return [fault, killed, engines, `by ${laws.join(', ')}`];
  });
  const killed = rows.filter(([, outcome]) => outcome === 'killed').length;
  const leftOut =
    report.leftOut.length === 0 ? '' : `\n  left out, needs a long training: ${report.leftOut.join(', ')}`;
  const seeds = report.options.powerSeeds.length;
  if (report.subject !== undefined) {
    const others = PROTOCOL_FAULTS.filter(({ id }) => !faults.includes(id)).map(({ id }) => id);
    const idle =
      others.length === 0
        ? ''
        : `\n  not shown, since no law that was judged looks at what they spoil: ${others.join(', ')}`;
    return `Adapter broken on purpose (${killed} of ${rows.length} defects noticed)\n${table(rows, '  ')}${idle}`;
  }
  return `Kill matrix (${killed} of ${rows.length} faults killed, ${seeds} seed${seeds === 1 ? '' : 's'})\n${table(rows, '  ')}${leftOut}`;
}

function failures(report: GateReport, options: GateTerminalOptions, paint: Paint): readonly string[] {
  const lawOf = (id: string): LawText | undefined => options.laws.find((law) => law.id === id);
  const violated = report.laws
    .filter(({ verdict }) => verdict === 'violated')
    .map((verdict) =>
      describeViolation(
        verdict,
        lawOf(verdict.law),
        options.replayCommand(verdict.law, verdict.engine),
        paint,
      ),
    );
  const unchecked = report.laws
    .filter(({ verdict }) => verdict === 'not-checked' || verdict === 'inconclusive')
    .map(
      ({ law, engine, verdict, reason }) =>
        `${paint('yellow', '?')} ${paint('bold', law)} · ${verdict} on ${engine}\n  ${(reason ?? '').replaceAll('\n', '\n  ')}`,
    );
  return [...violated, ...unchecked];
}

function closing(report: GateReport, paint: Paint): string {
  const code = exitCodeOf(report);
  const complaints = complaintsOf(report);
  const duration = seconds(report.durationMs);
  const how = `seed ${report.options.seed}, ${duration}${report.partial === undefined ? '' : ', PARTIAL'}`;
  if (code === 0) return paint('green', `${passed(report)} (${how}).`);
  const head = code === 1 ? paint('red', `FAILED (${how})`) : paint('yellow', `COULD NOT JUDGE (${how})`);
  return `${head}\n${complaints.map(({ story }) => `  ${story}`).join('\n')}`;
}

function passed({ subject, ledger, laws }: GateReport): string {
  if (ledger?.some(({ outcome }) => outcome === 'as expected') === true)
    return 'PASSED: every law holds but for the deviations that are known';
  if (subject === undefined) return 'PASSED: every law holds on every engine that is here';
  const open = new Set(laws.flatMap(({ law, verdict }) => (verdict === 'holds' ? [] : [law])));
  const judged = new Set(laws.map(({ law }) => law)).size;
  const inconclusive = open.size === 0 ? '' : `, ${open.size} inconclusive`;
  return `PASSED: of ${subject.name} ${judged - open.size} laws hold${inconclusive}, ${subject.leftOut.length} not checked`;
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

function firstLine(text: string | undefined): string {
  return (text ?? '').split('\n')[0] ?? '';
}
