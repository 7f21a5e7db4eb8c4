import type { Place } from '../runs/index.ts';

/** `sick`: the run cannot be trusted; `suspect`: it may be right, and this log does not tell; `remark`: worth knowing. */
export type Severity = 'sick' | 'suspect' | 'remark';

/** Severities, the worst first. */
export const SEVERITIES: readonly Severity[] = ['sick', 'suspect', 'remark'];

/** A row of the log that bears a finding out. */
export interface Evidence {
  /** As the log names it. */
  readonly metric: string;
  readonly step: number;
  /** In the units of the canonical metric. */
  readonly value: number;
  readonly place: Place;
}

/** When something began: behind step `after`, at step `by` at the latest. */
export interface Onset {
  /** The last step at which all was well; absent where it was so from the first row. */
  readonly after?: number;
  readonly by: number;
}

/** What a check found in a run. */
export interface Finding {
  /** ID of the check. */
  readonly check: string;
  readonly severity: Severity;
  /** In a sentence, with numbers. */
  readonly what: string;
  readonly onset: Onset;
  /** The step from which all was well again, if it was. */
  readonly until?: number;
  /** The value that the series of the evidence was held against, where it is one value. */
  readonly limit?: number;
  readonly evidence: readonly Evidence[];
  /** Of the faults that leave the sign of the check those that fit the numbers here, the likeliest first. */
  readonly faults?: readonly string[];
}

/** What a rule says; the check adds who says it. */
export type Found = Omit<Finding, 'check' | 'severity'> & { readonly severity?: Severity };
