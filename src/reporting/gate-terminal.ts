import type { GateReport } from '../verification/gate-report.ts';
import { complaintsOf, exitCodeOf } from '../verification/gate-report.ts';
import type { Law } from '../verification/law.ts';
import { ratioOf } from '../verification/measurement.ts';
import { describeViolation } from './describe-violation.ts';
import { kernelsText } from './kernels-text.ts';
import type { Paint } from './paint.ts';
import { plain } from './paint.ts';
import { table } from './table.ts';

export interface GateTerminalOptions {
  readonly laws: readonly Law[];
  /** Command that replays the counterexample of a law on an engine. */
  readonly replayCommand: (law: string, engine: string) => string;
  readonly paint?: Paint;
}

/** The whole report of a gate as text: engines, laws by engine, kill matrix, every failure in full, verdict. */
export function gateTerminal(report: GateReport, options: GateTerminalOptions): string {
  const paint = options.paint ?? plain;
  const sections = [
    enginesSection(report),
    lawsSection(report),
    killsSection(report),
    ...failures(report, options, paint),
    closing(report, paint),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
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
        `${holds} of ${all} laws hold, ${kernelsText(report, engine)}`,
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
  return `Kill matrix (${killed} of ${rows.length} faults killed, ${seeds} seed${seeds === 1 ? '' : 's'})\n${table(rows, '  ')}${leftOut}`;
}

function failures(report: GateReport, options: GateTerminalOptions, paint: Paint): readonly string[] {
  const lawOf = (id: string): Law | undefined => options.laws.find((law) => law.id === id);
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
  if (code === 0) return paint('green', `PASSED: every law holds on every engine that is here (${how}).`);
  const head = code === 1 ? paint('red', `FAILED (${how})`) : paint('yellow', `COULD NOT JUDGE (${how})`);
  return `${head}\n${complaints.map(({ story }) => `  ${story}`).join('\n')}`;
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

function firstLine(text: string | undefined): string {
  return (text ?? '').split('\n')[0] ?? '';
}
