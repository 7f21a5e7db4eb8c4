import fc from 'fast-check';
import { PlumblineError, SuiteError } from '../errors.ts';
import { Coverage } from './coverage.ts';
import { foreignKernels, kernelsBetween } from './kernel-proof.ts';
import { benchOf, judgeCase } from './judge-case.ts';
import type { Law } from './law.ts';
import type { Measurement } from './measurement.ts';
import { ratioOf, violates } from './measurement.ts';
import type { Subject } from './subject.ts';
import type { LawVerdict, ViolatingCase } from './verdict.ts';

export interface CheckOptions {
  /** Cases to draw; a law's own budget may lower it. */
  readonly runs: number;
  readonly seed: number;
  /** fast-check path of one case to judge instead of all. */
  readonly path?: string;
  /** Milliseconds since the epoch after which no further case is drawn. */
  readonly deadline?: number;
  /** Stop at the first violation and do not shrink: for the kill matrix and the controls. */
  readonly firstViolation?: boolean;
  /** Laws whose cases are long shrink for at most this long. */
  readonly shrinkMs?: number;
}

const DEFAULT_SHRINK_MS = 5_000;

/** Thrown inside a property to tell fast-check that the case violates. */
class ViolationSignal extends Error {}

/**
 * Holds one subject against one law: draws cases, measures each, shrinks a violation.
 * Never throws for what the subject does: a crash, a missing operation or an exhausted time limit is `not-checked`.
 */
export async function checkLaw(law: Law, subject: Subject, options: CheckOptions): Promise<LawVerdict> {
  const started = Date.now();
  const base = { law: law.id, subject: subject.name, engine: subject.engine, seed: options.seed };
  const missing = law.needs.filter((operation) => !subject.has(operation)).map((operation) => operation.name);
  if (missing.length > 0) {
    const reason = `operation missing: ${missing.join(', ')}`;
    return { ...base, verdict: 'not-checked', reason, runs: 0, coverage: [], durationMs: 0 };
  }

  subject.beginLaw?.();
  const bench = benchOf(law, subject);
  const coverage = new Coverage(law.coverage ?? []);
  const kernelsBefore = subject.kernels?.counts();
  let worst: Measurement | undefined;
  let inconclusive: string | undefined;
  let unshrunk: ViolatingCase | undefined;
  let shrunk: ViolatingCase | undefined;
  let crash: unknown;
  let shrinkUntil = Infinity;

  const judge = async (sample: unknown): Promise<void> => {
    // Once a case has failed, fast-check only shrinks; past the limit every candidate passes, which ends it.
    if (Date.now() > shrinkUntil) return;
    const shrinking = unshrunk !== undefined;
    if (!shrinking) coverage.count(sample);
    let judged;
    try {
      judged = await judgeCase(law, bench, sample);
    } catch (error) {
      if (shrinking) return;
      crash = error;
      shrinkUntil = 0;
      throw error;
    }
    if (!violates(judged.worst)) {
      if (shrinking) return;
      if (worst === undefined || ratioOf(judged.worst) > ratioOf(worst)) worst = judged.worst;
      inconclusive ??= judged.all.find((measurement) => measurement.inconclusive !== undefined)?.inconclusive;
      return;
    }
    const violating = { sample, measurement: judged.worst, asked: judged.asked };
    if (!shrinking) {
      unshrunk = violating;
      shrinkUntil = Date.now() + (options.shrinkMs ?? DEFAULT_SHRINK_MS);
    }
    shrunk = violating;
    throw new ViolationSignal();
  };

  // The budget is that of a law which holds: one that is shown a fault ends at the first violation.
  const most = options.firstViolation === true ? Infinity : (law.budget?.runs ?? Infinity);
  const numRuns = Math.min(options.runs, most);
  const details = await fc.check(fc.asyncProperty(law.cases, judge), {
    numRuns,
    seed: options.seed,
    endOnFailure: options.firstViolation ?? false,
    ...(options.path === undefined ? {} : { path: options.path }),
    ...(options.deadline === undefined
      ? {}
      : { interruptAfterTimeLimit: Math.max(1, options.deadline - started), markInterruptAsFailure: false }),
  });

  const kernels =
    kernelsBefore === undefined ? undefined : kernelsBetween(kernelsBefore, subject.kernels?.counts() ?? {});
  const judged = {
    ...base,
    runs: details.numRuns,
    coverage: coverage.results(),
    durationMs: Date.now() - started,
    ...(kernels === undefined ? {} : { kernels }),
  };
  if (unshrunk !== undefined && shrunk !== undefined) {
    const violation = { shrunk, unshrunk, seed: details.seed, path: details.counterexamplePath ?? '' };
    return { ...judged, verdict: 'violated', worst: shrunk.measurement, violation };
  }
  const measured = worst === undefined ? judged : { ...judged, worst };
  const notChecked = (reason: string): LawVerdict => ({ ...measured, verdict: 'not-checked', reason });
  if (crash !== undefined) return notChecked(storyOf(law, crash));
  if (details.interrupted) return notChecked(`time limit: ${details.numRuns} of ${numRuns} cases judged`);
  const missed = coverage.missed();
  if (missed.length > 0 && options.path === undefined) {
    const stories = missed.map(
      ({ label, share, minimumShare }) =>
        `"${label}" in ${percent(share)} of cases, needs ${percent(minimumShare)}`,
    );
    return notChecked(`coverage missed: ${stories.join('; ')}`);
  }
  const foreign = foreignKernels(kernels, subject.engine);
  if (foreign !== undefined) return notChecked(foreign);
  if (inconclusive !== undefined) return { ...measured, verdict: 'inconclusive', reason: inconclusive };
  return { ...measured, verdict: 'holds' };
}

function storyOf(law: Law, crash: unknown): string {
  if (crash instanceof PlumblineError) return crash.message;
  return new SuiteError({
    code: 'law-threw',
    what: `law ${law.id} threw while it judged a case`,
    given: crash instanceof Error ? (crash.stack ?? crash.message) : String(crash),
    todo: 'correct the law: an error of its own is never a verdict on the subject',
  }).message;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
