import { toBitExact } from '../verification/bit-exact.ts';
import type { GateReport } from '../verification/gate-report.ts';
import { complaintsOf, exitCodeOf } from '../verification/gate-report.ts';

/** The report as JSON, with every number of every counterexample bit-exact (see `bit-exact.ts` for the tags). */
export function gateJson(report: GateReport): string {
  const json = { ...report, exitCode: exitCodeOf(report), complaints: complaintsOf(report) };
  return `${JSON.stringify(toBitExact(json), null, 2)}\n`;
}
