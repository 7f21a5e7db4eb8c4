import type { LawText } from '../verification/law.ts';
import type { Measurement } from '../verification/measurement.ts';
import { ratioOf } from '../verification/measurement.ts';
import type { LawVerdict } from '../verification/verdict.ts';
import { describeCase } from './describe-case.ts';
import type { Paint } from './paint.ts';
import { plain } from './paint.ts';

/** Everything that a violation has to say: the law, how much, where, the case shrunk and unshrunk, and how to see it again. */
export function describeViolation(
  verdict: LawVerdict,
  law: LawText | undefined,
  replayCommand: string,
  paint: Paint = plain,
): string {
  const { violation } = verdict;
  const lines = [`${paint('red', '✖')} ${headlineOf(verdict, paint)}`];
  const part = (name: string, text: string): void => {
    lines.push(`  ${paint('dim', name.padEnd(9))} ${text}`);
  };
  if (law !== undefined) {
    part('law', law.statement);
    part('formula', law.formula);
  }
  if (violation !== undefined) {
    part('measured', describeMeasurement(violation.shrunk.measurement));
    part('unshrunk', describeMeasurement(violation.unshrunk.measurement));
  }
  if (law !== undefined) {
    part('bound', law.bound);
    part('means', law.guards);
    part('look at', law.suspects);
  }
  if (violation !== undefined) {
    lines.push(`  ${paint('dim', 'shrunk case')}\n${describeCase(violation.shrunk.sample, '    ')}`);
    if (violation.shrunk.sample !== violation.unshrunk.sample) {
      lines.push(`  ${paint('dim', 'unshrunk case')}\n${describeCase(violation.unshrunk.sample, '    ')}`);
    }
    part('seed', `${violation.seed}${violation.path === '' ? '' : `, path ${violation.path}`}`);
  }
  part('replay', replayCommand);
  return lines.join('\n');
}

/** `nk.residuals violates nk/residuals on wasm: IS residual, 1.4e+6 times the bound (case 3)`. */
function headlineOf({ law, engine, runs, violation }: LawVerdict, paint: Paint): string {
  const shrunk = violation?.shrunk;
  const asked = shrunk?.asked.join(', ') ?? '';
  const size = shrunk === undefined ? '' : `: ${sizeOf(shrunk.measurement)}`;
  return `${asked === '' ? 'the subject' : paint('bold', asked)} violates ${paint('bold', law)} on ${engine}${size} (case ${runs})`;
}

/** What was measured, and by how much it is beyond its bound. */
function sizeOf(measurement: Measurement): string {
  const { quantity, got, expected, measured, allowed } = measurement;
  const ratio = ratioOf(measurement);
  if (allowed === 0 && got !== undefined) return `${quantity} is ${got}, not ${expected ?? '?'}`;
  if (!Number.isFinite(ratio)) return `${quantity} is off by ${measured}, and ${allowed} is allowed`;
  return `${quantity} is off by ${measured.toPrecision(3)}, ${ratio.toPrecision(3)} times the bound`;
}

/** `IS residual, sample 2: got −0.31, expected 0.14; off by 0.45, allowed 3.1e-7 (1.4e+6 times the bound)`. */
export function describeMeasurement(measurement: Measurement): string {
  const { quantity, at, got, expected, measured, allowed } = measurement;
  const where = at === undefined ? quantity : `${quantity}, ${at}`;
  const values =
    got === undefined && expected === undefined ? '' : `: got ${got ?? '?'}, expected ${expected ?? '?'}`;
  if (allowed === 0 && got !== undefined) return `${where}${values}`;
  const ratio = ratioOf(measurement);
  const times = Number.isFinite(ratio) ? ` (${ratio.toPrecision(3)} times the bound)` : '';
  return `${where}${values}; off by ${measured.toPrecision(4)}, allowed ${allowed.toPrecision(4)}${times}`;
}
