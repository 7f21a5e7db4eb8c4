import type { BenchmarkResult } from '../benchmarking/measure.ts';
import { table } from './table.ts';

/** One benchmark on one engine: what it measured, or why it did not. */
export type BenchmarkReport =
  | { readonly status: 'measured'; readonly result: BenchmarkResult }
  | {
      readonly status: 'failed' | 'not-checked';
      readonly benchmark: string;
      readonly engine: string;
      readonly why: string;
    };

const MIB = 2 ** 20;

/** Benchmarks as a table: speed, what stays alive, what leaks. */
export function benchTerminal(reports: readonly BenchmarkReport[]): string {
  const header = [
    '',
    'engine',
    'a second',
    'ms: 25 %',
    'median',
    '75 %',
    'n',
    'kernels',
    'tensors',
    'grown by',
    'MiB',
    'peak',
  ];
  const rows = reports.map((report) => {
    if (report.status !== 'measured') {
      return [report.benchmark, report.engine, report.status, report.why.split('\n')[0] ?? ''];
    }
    const { benchmark, engine, unitsPerSecond, latencyMs, units, kernels, alive, growth, ...memory } =
      report.result;
    return [
      benchmark,
      engine,
      rate(unitsPerSecond),
      ...[latencyMs.p25, latencyMs.p50, latencyMs.p75].map((ms) => ms.toFixed(2)),
      String(units),
      kernels.toFixed(0),
      String(alive.tensors),
      String(growth.tensors),
      (memory.rssBytes / MIB).toFixed(0),
      (memory.peakRssBytes / MIB).toFixed(0),
    ];
  });
  return [table([header, ...rows], '  '), ...reports.flatMap(partsOf), ...reports.flatMap(otherWayOf)].join(
    '\n',
  );
}

function partsOf(report: BenchmarkReport): readonly string[] {
  if (report.status !== 'measured' || report.result.parts === undefined) return [];
  const { benchmark, engine, parts } = report.result;
  return [`  ${benchmark} on ${engine}: ${parts.perSecond.toFixed(0)} ${parts.name} a second`];
}

function otherWayOf(report: BenchmarkReport): readonly string[] {
  if (report.status !== 'measured' || report.result.otherWay === undefined) return [];
  const { benchmark, engine, otherWay } = report.result;
  const { name, pairs, p25, p50, p75 } = otherWay;
  const [low, middle, high] = [p25, p50, p75].map((ratio) => ratio.toPrecision(2));
  return [
    `  ${benchmark} on ${engine}: ${name} takes ${middle ?? ''} times as long (quartiles ${low ?? ''} and ${high ?? ''} of ${pairs} pairs)`,
  ];
}

/** Units that take long are a small share of one a second. */
function rate(unitsPerSecond: number): string {
  return unitsPerSecond < 1 ? unitsPerSecond.toPrecision(2) : unitsPerSecond.toFixed(1);
}
