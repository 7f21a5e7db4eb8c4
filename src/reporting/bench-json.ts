import type { BenchReport } from '../benchmarking/report.ts';
import { benchExitCode } from '../benchmarking/report.ts';

/** A hundredth of a per cent is below all that a clock of a shared machine tells. */
const DIGITS = 5;

/** The report as JSON: every time of every unit, and every point of memory. */
export function benchJson(report: BenchReport): string {
  const json = { ...report, exitCode: benchExitCode(report) };
  return `${JSON.stringify(json, (key, value: unknown) => (key === 'latenciesMs' ? rounded(value) : told(value)))}\n`;
}

function rounded(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((ms: unknown) => (typeof ms === 'number' ? Number(ms.toPrecision(DIGITS)) : ms));
}

/** What JSON does not know is told in words. */
function told(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
