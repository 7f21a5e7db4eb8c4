import type { Check } from './check.ts';
import type { Comparison } from './compare.ts';
import type { Finding, Severity } from './finding.ts';
import type { LoggedRun } from './evidence/logged-run.ts';

/** What became of a check of the checklist. */
export type Outcome = {
  readonly check: Check;
  /** Without its judgement no run is called healthy. */
  readonly isRequired: boolean;
} & (
  | { readonly state: 'passed' }
  /** Found, worst first; `suppressed` where someone accepts it, with the reason. */
  | {
      readonly state: 'found';
      readonly severity: Severity;
      readonly findings: readonly [Finding, ...Finding[]];
      /** IDs of what may be behind the worst of them, the likeliest first, and of laws that test it: those of the model. */
      readonly faults: readonly string[];
      readonly laws: readonly string[];
    }
  | {
      readonly state: 'suppressed';
      readonly findings: readonly [Finding, ...Finding[]];
      readonly reason: string;
    }
  | { readonly state: 'not-checked'; readonly reason: string }
);

/** A check that found something. */
export type FoundOutcome = Extract<Outcome, { state: 'found' }>;

/** A finding with what follows from it. */
export interface Cause {
  readonly outcome: FoundOutcome;
  readonly consequences: readonly Cause[];
}

/**
 * `healthy`: every required check ran and found nothing; `sick`: one found that the run cannot be trusted; `suspect`: one
 * found something that this log does not decide; `not-judged`: a required one could not run, or the log was
 * not read whole.
 */
export type RunVerdict = 'healthy' | 'sick' | 'suspect' | 'not-judged';

/** What is known of one run. */
export interface RunDiagnosis {
  readonly run: LoggedRun;
  readonly checklist: string;
  readonly verdict: RunVerdict;
  /** Why it is not called healthy, where nothing was found: in a sentence. */
  readonly reason?: string;
  readonly outcomes: readonly Outcome[];
  /** The likeliest first. */
  readonly causes: readonly Cause[];
  /** How its metrics stand to those of a good run, where one was named. */
  readonly comparison?: Comparison;
}
