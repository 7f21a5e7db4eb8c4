import type { BenchmarkResult } from '../../benchmarking/result.ts';
import type { MemoryPoint } from '../../benchmarking/measure-growth.ts';
import type { TimeMeasurement } from '../../benchmarking/measure-time.ts';
import type { GrowthOptions } from '../../benchmarking/growth.ts';
import { growthOf } from '../../benchmarking/growth.ts';
import { SuiteError } from '../../errors.ts';
import { runJob } from './bench-process.ts';
import type { BenchmarkEntry, BenchmarkSource } from './job.ts';
import type { BenchmarkEngine } from '../../benchmarking/benchmark.ts';

/** One benchmark of one source on one engine. */
export interface MeasuredCase {
  readonly source: BenchmarkSource;
  readonly entry: BenchmarkEntry;
  readonly engine: BenchmarkEngine;
}

export interface MeasuringOptions {
  readonly timeMs: number;
  readonly budgetBytes: number;
  readonly signal: AbortSignal;
}

/** @throws SuiteError `benchmark-failed` */
export async function timeOnce(
  { source, entry, engine }: MeasuredCase,
  { timeMs, signal, otherWay }: MeasuringOptions & { readonly otherWay: boolean },
): Promise<TimeMeasurement> {
  const answer = await runJob(
    { kind: 'time', source, benchmark: entry.id, engine, timeMs, otherWay },
    signal,
  );
  if (answer.status === 'timed') return answer.measurement;
  throw failed(answer, source);
}

/** Memory of a process of its own; nothing where a unit is a whole run. */
export async function follow(
  { source, entry, engine }: MeasuredCase,
  { timeMs, signal }: MeasuringOptions,
): Promise<readonly MemoryPoint[]> {
  if (entry.fewestUnits === 1) return [];
  const job = { kind: 'growth', source, benchmark: entry.id, engine, timeMs, otherWay: false } as const;
  const answer = await runJob(job, signal);
  if (answer.status === 'followed') return answer.points;
  throw failed(answer, source);
}

/** Measurements of one side with the verdict on its memory. */
export function resultOf(
  processes: readonly TimeMeasurement[],
  points: readonly MemoryPoint[],
  options: GrowthOptions,
): BenchmarkResult {
  return { processes, points, growth: points.length === 0 ? [] : growthOf(points, options) };
}

/** @throws SuiteError `benchmark-failed` when the module cannot be read. */
export async function benchmarksIn(
  source: BenchmarkSource,
  signal: AbortSignal,
): Promise<readonly BenchmarkEntry[]> {
  const answer = await runJob({ kind: 'list', source }, signal);
  if (answer.status === 'listed') return answer.benchmarks;
  throw failed(answer, source);
}

function failed(
  answer: { readonly status: string; readonly why?: string },
  { label }: BenchmarkSource,
): SuiteError {
  return new SuiteError({
    code: 'benchmark-failed',
    what: `a process of a benchmark${label === undefined ? '' : ` of ${label}`} did not do its work`,
    given: answer.why ?? `the answer ${answer.status}`,
  });
}
