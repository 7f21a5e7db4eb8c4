import type { BenchmarkEngine } from '../../benchmarking/benchmark.ts';
import type { BenchmarkOutcome } from '../../benchmarking/result.ts';
import { describeEngine } from '../../engine/index.ts';
import { choose } from '../choose.ts';
import type { BenchmarkEntry } from './job.ts';
import type { BenchOptions } from './options.ts';

/** What is to be measured, in order, or why it is not. */
export type PlannedCase =
  | { readonly entry: BenchmarkEntry; readonly engine: BenchmarkEngine }
  | { readonly outcome: BenchmarkOutcome };

/**
 * Benchmarks on engines: those that are named, or all; on the engines that are asked for, or on their own. A comparison
 * leaves out whole runs that nobody named: each would be made two dozen times.
 *
 * @throws InputError `benchmark-unknown`.
 */
export function plannedCases(
  entries: readonly BenchmarkEntry[],
  { benchmarks, engines, against }: BenchOptions,
): readonly PlannedCase[] {
  const ids = entries.map(({ id }) => id);
  const isNamed = benchmarks.length > 0;
  const chosen = isNamed ? choose('benchmark', benchmarks.join(','), ids) : ids;
  const asked = engines as readonly BenchmarkEngine[] | undefined;
  return entries
    .filter(({ id }) => chosen.includes(id))
    .filter(({ fewestUnits }) => isNamed || against === undefined || fewestUnits !== 1)
    .flatMap((entry) =>
      // Work without tensors has no other engine to be asked for.
      (asked === undefined || entry.engines.includes('host') ? entry.engines : asked).map((engine) => {
        const why = engine === 'host' ? undefined : absenceOf(engine);
        if (why === undefined) return { entry, engine };
        const { id: benchmark, unit } = entry;
        return { outcome: { benchmark, engine, unit, status: 'not-checked', lacks: 'engine', why } } as const;
      }),
    );
}

/** Why an engine cannot be used; undefined where it is here. */
function absenceOf(engine: string): string | undefined {
  const description = describeEngine(engine);
  if (description.status === 'here') return undefined;
  const { reason, remedy } = description;
  return remedy === undefined ? reason : `${reason}; ${remedy}`;
}

/** What is told of a case whatever becomes of it. */
export function headOf(
  { id, unit, parts }: BenchmarkEntry,
  engine: BenchmarkEngine,
): Pick<BenchmarkOutcome, 'benchmark' | 'engine' | 'unit' | 'parts'> {
  return { benchmark: id, engine, unit, ...(parts === undefined ? {} : { parts }) };
}
