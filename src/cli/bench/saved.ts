import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { compareSamples } from '../../benchmarking/comparison.ts';
import type { BenchmarkEnvironment } from '../../benchmarking/environment.ts';
import { differencesOf } from '../../benchmarking/environment.ts';
import type { BenchReport } from '../../benchmarking/report.ts';
import type { BenchmarkOutcome } from '../../benchmarking/result.ts';
import { memoryOf, unitTimesOf } from '../../benchmarking/result.ts';
import { InputError } from '../../errors.ts';

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
  outcomes: z.array(
    z.looseObject({
      benchmark: z.string(),
      engine: z.string(),
      status: z.enum(['measured', 'compared', 'failed', 'not-checked']),
      result: z
        .looseObject({
          processes: z
            .array(
              z.looseObject({
                latenciesMs: z.array(z.number().positive()).nonempty(),
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
 * @throws InputError `baseline-unreadable`, `baseline-invalid`, and `baseline-elsewhere` if it was measured on another machine
 * and is not forced.
 */
export function readBaseline(file: string, here: BenchmarkEnvironment, force: boolean): SavedReport {
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
  const differences = differencesOf(here, read.data.environment);
  if (differences.length > 0 && !force) {
    throw new InputError({
      code: 'baseline-elsewhere',
      what: `${file} was measured in another environment`,
      given: differences.join('; '),
      expected: 'the same machine, system and Node',
      todo: 'compare with --against, which measures both sides here; or add --force, and do not trust the result',
    });
  }
  return read.data;
}

/** Outcomes with how they stand to those of a saved report: all of them one family. */
export function againstBaseline(
  outcomes: readonly BenchmarkOutcome[],
  saved: SavedReport,
  threshold: number,
): readonly BenchmarkOutcome[] {
  const pairs = outcomes.map((outcome) => {
    const other = saved.outcomes.find(
      ({ benchmark, engine }) => benchmark === outcome.benchmark && engine === outcome.engine,
    )?.result as Parameters<typeof unitTimesOf>[0] | undefined;
    return outcome.status === 'measured' && other !== undefined ? { own: outcome.result, other } : undefined;
  });
  const present = pairs.filter((pair) => pair !== undefined);
  const comparisons = compareSamples(
    present.flatMap(({ own, other }) =>
      [unitTimesOf, memoryOf].map((read) => ({ own: read(own), against: read(other) })),
    ),
    { threshold },
  );
  return outcomes.map((outcome, index) => {
    const pair = pairs[index];
    if (pair === undefined || outcome.status !== 'measured') return outcome;
    const at = 2 * present.indexOf(pair);
    const [time, memory] = [comparisons[at], comparisons[at + 1]];
    return time === undefined || memory === undefined ? outcome : { ...outcome, baseline: { time, memory } };
  });
}

/** How a saved report is called. */
export function nameOfSaved({ commit, startedAt }: SavedReport | BenchReport, file: string): string {
  return `${file}, ${commit === undefined ? '' : `${commit}, `}${startedAt}`;
}
