import type { LoggedRun } from './evidence/logged-run.ts';
import type { Series } from './evidence/series.ts';
import type { Found, Severity } from './finding.ts';

/** A number that a check holds a series against; a checklist may set another. */
export interface Limit {
  readonly value: number;
  /** What it bounds, in which unit, and where the number is from. */
  readonly meaning: string;
}

/** What a rule answers: what it found, nothing where all is well, or why it cannot tell. */
export type Answer = readonly Found[] | { readonly notChecked: string };

/** What a check is given of a run. */
export interface CheckInput<Need extends string = string, Name extends string = string> {
  readonly run: LoggedRun;
  /** For each need the series that meet it: one, or those of all parts. Never empty. */
  readonly series: Readonly<Record<Need, readonly Series[]>>;
  readonly limits: Readonly<Record<Name, number>>;
}

/** A rule over the series of a run. */
export interface Check<Need extends string = string, Name extends string = string> {
  /** `ppo/first-minibatch`: its group, and what it looks at. */
  readonly id: string;
  /** What is wrong where it finds something: a clause that can stand behind a colon. */
  readonly title: string;
  /** Unless a finding says otherwise. */
  readonly severity: Severity;
  /** Canonical names (`value-loss`, `value-loss/*`), of each need the alternatives; the first that a log has is taken. */
  readonly needs: Readonly<Record<Need, readonly string[]>>;
  readonly limits: Readonly<Record<Name, Limit>>;
  /** What it looks at, and why that is a sign; source where there is one. */
  readonly why: string;
  /** What to do. */
  readonly advice: string;
  /** IDs of faults that leave this sign, the likeliest first. */
  readonly faults: readonly string[];
  /** IDs of laws that test the suspected cause, in the order in which to run them. */
  readonly laws: readonly string[];
  /** A command that tells causes apart. */
  readonly experiment?: string;
  /** Checks whose finding is a consequence where this one finds something too. */
  readonly leadsTo?: readonly string[];
  judge(input: CheckInput<Need, Name>): Answer;
}

/** A check, with the names of its needs and limits known to the compiler. */
export function defineCheck<Need extends string, Name extends string>(check: Check<Need, Name>): Check {
  return check;
}
