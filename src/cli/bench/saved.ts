import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { compareSamples } from '../../benchmarking/comparison.ts';
import type { BenchmarkEnvironment } from '../../benchmarking/environment.ts';
import { differencesOf } from '../../benchmarking/environment.ts';
import type { BenchReport } from '../../benchmarking/report.ts';
import type { BenchmarkEngine } from '../../benchmarking/benchmark.ts';
import type { BenchmarkOutcome, BenchmarkResult } from '../../benchmarking/result.ts';
import {
  comparisonsOf,
  countChanges,
  memoryOf,
  unitsCountedIn,
  unitTimesOf,
} from '../../benchmarking/result.ts';
import { InputError } from '../../errors.ts';
import { matches, namesIn } from '../choose.ts';
import type { BenchOptions } from './options.ts';

/** Of a saved report what a comparison needs. */
const savedReport = z.object({
  kind: z.literal('plumbline bench report'),
  format: z.literal(1),
  startedAt: z.string(),
  commit: z.string().optional(),
  partial: z.string().optional(),
  environment: z.object({
    system: z.string(),
    processor: z.string(),
    processors: z.int(),
    node: z.string(),
    threads: z.int(),
  }),
  options: z.looseObject({ timeMs: z.number() }),
  outcomes: z.array(
    z.looseObject({
      benchmark: z.string(),
      engine: z.string(),
      unit: z.string(),
      parts: z.object({ name: z.string(), count: z.number() }).optional(),
      status: z.enum(['measured', 'compared', 'failed', 'not-checked']),
      result: z
        .looseObject({
          processes: z
            .array(
              z.looseObject({
                latenciesMs: z.array(z.number().positive()).nonempty(),
                counts: z
                  .looseObject({
                    units: z.int(),
                    kernels: z.int(),
                    alive: z.object({ tensors: z.int(), bytes: z.int() }),
                  })
                  .optional(),
                engine: z.object({ version: z.string(), device: z.string().optional() }).optional(),
                memory: z.looseObject({ rssBytes: z.number().positive() }),
              }),
            )
            .nonempty(),
        })
        .optional(),
    }),
  ),
});

/** What `--save` wrote. */
export type SavedReport = z.output<typeof savedReport>;

/**
 * Reads a saved report, for a comparison in this environment.
 *
 * @throws InputError `baseline-unreadable`, `baseline-invalid`, and `baseline-elsewhere` if it was measured on another machine,
 * or for another time, and is not forced.
 */
export function readBaseline(
  file: string,
  here: BenchmarkEnvironment,
  { timeMs, force }: Pick<BenchOptions, 'timeMs' | 'force'>,
): SavedReport {
  const refuse = (given: string): InputError =>
    new InputError({
      code: 'baseline-invalid',
      what: `${file} is no saved report of benchmarks`,
      given,
      expected: 'what plumbline bench --save wrote, whole',
      todo: 'make it again: plumbline bench --save FILE',
    });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError({
      code: 'baseline-unreadable',
      what: `the baseline ${file} cannot be read`,
      given: error instanceof Error ? error.message : String(error),
      expected: 'what plumbline bench --save wrote',
      todo: 'make it first: plumbline bench --save FILE',
      cause: error,
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  const read = savedReport.safeParse(json);
  if (!read.success) throw refuse(z.prettifyError(read.error));
  const saved = read.data;
  if (saved.partial !== undefined) throw refuse(`a report that is not whole: ${saved.partial}`);
  const differences = [
    ...differencesOf(here, saved.environment),
    ...(saved.options.timeMs === timeMs
      ? []
      : [`timed for ${saved.options.timeMs} ms then, ${timeMs} ms now`]),
  ];
  if (differences.length > 0 && !force) {
    throw new InputError({
      code: 'baseline-elsewhere',
      what: `${file} was measured otherwise than here`,
      given: differences.join('; '),
      expected: 'the same machine, system, Node and --time',
      todo: 'compare with --against, which measures both sides here; or add --force, and do not trust the result',
    });
  }
  return saved;
}

type SavedOutcome = SavedReport['outcomes'][number];

/**
 * Outcomes with how they stand to those of a saved report: all of them one family. What the saved report has, and was asked for
 * and not measured now, is an outcome too, unless this run was ended before it was through.
 */
export function againstBaseline(
  outcomes: readonly BenchmarkOutcome[],
  saved: SavedReport,
  options: Pick<BenchOptions, 'threshold' | 'benchmarks' | 'engines' | 'force'>,
  isPartial: boolean,
): readonly BenchmarkOutcome[] {
  const known = resultsIn(saved);
  const matched = outcomes.map((outcome) =>
    withCounterpart(
      outcome,
      known.find((one) => isCase(one, outcome)),
      options,
    ),
  );
  const pairs = matched.flatMap(({ outcome, other }) =>
    outcome.status === 'measured' && other !== undefined ? [{ own: outcome.result, other }] : [],
  );
  const comparisons = compareSamples(
    pairs.flatMap(({ own, other }) =>
      [unitTimesOf, memoryOf].map((read) => ({ own: read(own), against: read(other) })),
    ),
    options,
  );
  const compared = matched.map(({ outcome, other }) => {
    if (outcome.status !== 'measured' || other === undefined) return outcome;
    const at = 2 * pairs.findIndex((pair) => pair.other === other);
    const [time, memory] = [comparisons[at], comparisons[at + 1]];
    if (time === undefined || memory === undefined) throw new RangeError('a comparison is lost');
    const counts = countChanges(outcome.result, other);
    return { ...outcome, baseline: { time, memory, counts } };
  });
  return isPartial ? compared : [...compared, ...lostOf(known, outcomes, options)];
}

/** An outcome beside the saved result of the same work, or why there is none though its benchmark was saved. */
function withCounterpart(
  outcome: BenchmarkOutcome,
  saved: SavedOutcome | undefined,
  { force }: Pick<BenchOptions, 'force'>,
): { readonly outcome: BenchmarkOutcome; readonly other?: BenchmarkResult } {
  const other = saved?.result as BenchmarkResult | undefined;
  if (saved === undefined || other === undefined) return { outcome };
  if (outcome.status === 'not-checked') {
    const why = `the baseline has it, and here: ${outcome.why}`;
    return { outcome: { ...outcome, lacks: 'counterpart', why } };
  }
  if (outcome.status !== 'measured') return { outcome };
  const unlike = (why: string) => ({ outcome: { ...outcome, unlikeBaseline: why } });
  if (saved.unit !== outcome.unit)
    return unlike(`a unit is a ${outcome.unit}, and a ${saved.unit} in the baseline`);
  if (!isDeepStrictEqual(saved.parts, outcome.parts))
    return unlike(`a ${outcome.unit} is made of other parts in the baseline`);
  if (unitsCountedIn(outcome.result) !== unitsCountedIn(other))
    return unlike('other numbers of units are counted in the baseline');
  const [now, then] = [engineText(outcome.result), engineText(other)];
  if (now !== then && !force)
    return unlike(`${outcome.engine} was ${then} then, and is ${now} now; --force compares them`);
  return { outcome, other };
}

/** What computed in the processes of a result, as far as the engine says. */
function engineText({ processes }: BenchmarkResult): string {
  const { version = 'an unknown version', device } = processes[0]?.engine ?? {};
  return device === undefined ? version : `${version} on ${device}`;
}

/** Whether all that was saved is compared in a report, and neither time nor memory of any of it is left undecided. */
export function coversSaved({ outcomes }: Pick<BenchReport, 'outcomes'>, saved: SavedReport): boolean {
  return resultsIn(saved).every((one) => {
    const outcome = outcomes.find((other) => isCase(one, other));
    const comparison = outcome === undefined ? undefined : comparisonsOf(outcome);
    return (
      comparison !== undefined &&
      [comparison.time, comparison.memory].every(({ verdict }) => verdict !== 'inconclusive')
    );
  });
}

function resultsIn(saved: SavedReport): readonly SavedOutcome[] {
  return saved.outcomes.filter(({ result }) => result !== undefined);
}

/** What was saved and is asked for, and is not measured here. */
function lostOf(
  known: readonly SavedOutcome[],
  outcomes: readonly BenchmarkOutcome[],
  { benchmarks, engines }: Pick<BenchOptions, 'benchmarks' | 'engines'>,
): readonly BenchmarkOutcome[] {
  const asked = benchmarks.flatMap(namesIn);
  const isNamed = asked.length > 0;
  return known
    .filter((saved) => !outcomes.some((outcome) => isCase(saved, outcome)))
    .filter(({ benchmark }) => !isNamed || asked.some((pattern) => matches(pattern, benchmark)))
    .filter(({ engine }) => engine === 'host' || engines === undefined || engines.includes(engine))
    .filter((saved) => isNamed || !isWholeRun(saved))
    .map(({ benchmark, engine, unit }) => ({
      benchmark,
      engine: engine as BenchmarkEngine,
      unit,
      status: 'not-checked',
      lacks: 'counterpart',
      why: 'the baseline has it, and it is not among what is measured here',
    }));
}

function isCase(saved: SavedOutcome, { benchmark, engine }: BenchmarkOutcome): boolean {
  return saved.benchmark === benchmark && saved.engine === engine;
}

/** Of which a comparison is made only when it is named. */
function isWholeRun({ result }: SavedOutcome): boolean {
  return result?.processes.every(({ latenciesMs }) => latenciesMs.length === 1) ?? false;
}

/** How a saved report is called. */
export function nameOfSaved({ commit, startedAt }: SavedReport | BenchReport, file: string): string {
  return `${file}, ${commit === undefined ? '' : `${commit}, `}${startedAt}`;
}
