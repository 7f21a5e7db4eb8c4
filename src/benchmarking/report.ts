import { isUndecidable } from './comparison.ts';
import type { BenchmarkEnvironment } from './environment.ts';
import type { BenchmarkOutcome } from './result.ts';
import { comparisonsOf, grows } from './result.ts';

/** What a run of benchmarks came to. */
export interface BenchReport {
  readonly kind: 'plumbline bench report';
  readonly format: 1;
  readonly versions: Readonly<Record<string, string>>;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly environment: BenchmarkEnvironment;
  /** The state of the files that was measured: `HEAD (1a2b3c4)`; absent outside a repository. */
  readonly commit?: string;
  /** That which it was compared with: a commit, or the file of an earlier report. */
  readonly against?: string;
  /** Why it ended before all was measured, if it did. */
  readonly partial?: string;
  readonly options: {
    /** Processes of each benchmark on each engine, or pairs of them. */
    readonly processes: number;
    readonly timeMs: number;
    /** The least change that counts as one, as a share. */
    readonly threshold: number;
    /** Bytes that a unit of work may add. */
    readonly budgetBytes: number;
    /** Engines that were asked for by name, and must be there. */
    readonly engines?: readonly string[];
  };
  readonly outcomes: readonly BenchmarkOutcome[];
}

/** What speaks against the state that was measured, in the order of the report. */
export function regressionsOf(report: BenchReport): readonly BenchmarkOutcome[] {
  return report.outcomes.filter((outcome) => {
    if (outcome.status !== 'measured' && outcome.status !== 'compared') return false;
    const comparison = comparisonsOf(outcome);
    const isWorse = comparison?.time.verdict === 'slower' || comparison?.memory.verdict === 'slower';
    return isWorse || grows(outcome.result);
  });
}

/** What was to be measured or compared and was not. */
export function missingOf(report: BenchReport): readonly BenchmarkOutcome[] {
  const isAsked = (engine: string): boolean => report.options.engines?.includes(engine) === true;
  return report.outcomes.filter((outcome) => {
    if (outcome.status === 'failed') return true;
    if (outcome.status === 'not-checked') return outcome.lacks === 'counterpart' || isAsked(outcome.engine);
    const comparison = comparisonsOf(outcome);
    // What the saved report does not have, and what no number of such processes could tell.
    return report.against !== undefined && (comparison === undefined || isUndecidable(comparison.time));
  });
}

/** Why an outcome is among the missing. */
export function whyMissing(outcome: BenchmarkOutcome): string {
  if ('why' in outcome) return outcome.why;
  const comparison = comparisonsOf(outcome);
  if (outcome.status === 'measured' && outcome.unlikeBaseline !== undefined) return outcome.unlikeBaseline;
  return comparison === undefined
    ? 'the baseline has no such benchmark'
    : `${comparison.time.processes} processes of a side are too few for any change to be told`;
}

/** What is not decided: a change, or growth, that may be there. */
export function undecidedOf(report: BenchReport): readonly BenchmarkOutcome[] {
  return report.outcomes.filter((outcome) => {
    if (!('result' in outcome)) return false;
    const { time, memory } = comparisonsOf(outcome) ?? {};
    const verdicts = [time, memory, ...outcome.result.growth].map((one) => one?.verdict);
    return verdicts.includes('inconclusive');
  });
}

/** 0 measured, and nothing became worse; 1 slower, more memory, or a leak; 2 something could not be measured, or nothing was. */
export function benchExitCode(report: BenchReport): number {
  if (regressionsOf(report).length > 0) return 1;
  const wasAny = report.outcomes.some(({ status }) => status === 'measured' || status === 'compared');
  return !wasAny || report.partial !== undefined || missingOf(report).length > 0 ? 2 : 0;
}
