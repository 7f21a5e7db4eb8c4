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
 * leaves out whole runs that nobody named: each takes long, and would be made two dozen times, or once, of which nothing can
 * be told. What only `others` have may be named too.
 *
 * @throws InputError `benchmark-unknown`.
 */
export function plannedCases(
  entries: readonly BenchmarkEntry[],
  { benchmarks, engines, against, baseline }: BenchOptions,
  others: readonly BenchmarkEntry[] = [],
): readonly PlannedCase[] {
  const ids = [...new Set([...entries, ...others].map(({ id }) => id))];
  const isNamed = benchmarks.length > 0;
  const isCompared = against !== undefined || baseline !== undefined;
  const chosen = isNamed ? choose('benchmark', benchmarks.join(','), ids) : ids;
  // Tensors without an engine would be computed on whatever tfjs finds.
  const asked = (engines as readonly BenchmarkEngine[] | undefined)?.filter((engine) => engine !== 'host');
  return entries
    .filter(({ id }) => chosen.includes(id))
    .filter(({ fewestUnits }) => isNamed || !isCompared || fewestUnits !== 1)
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
