import type { Measurement } from './measurement.ts';
import type { KernelCounts } from './subject.ts';

export const VERDICTS = ['holds', 'violated', 'inconclusive', 'not-checked'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One case that violated a law, with how much. */
export interface ViolatingCase {
  readonly sample: unknown;
  readonly measurement: Measurement;
  /** Operations that were asked in this case, in turn. */
  readonly asked: readonly string[];
}

/** A violation, and what is needed to see it again. */
export interface Violation {
  readonly shrunk: ViolatingCase;
  /** The case as it was drawn: shrinking stops near the bound, so this one usually violates by more. */
  readonly unshrunk: ViolatingCase;
  readonly seed: number;
  /** fast-check's path to the shrunk case; empty where the case came from a file. */
  readonly path: string;
}

export interface CoverageResult {
  readonly label: string;
  readonly share: number;
  readonly minimumShare: number;
}

/** What one law says of one subject on one engine. */
export interface LawVerdict {
  readonly law: string;
  readonly subject: string;
  readonly engine: string;
  readonly verdict: Verdict;
  /** Why the verdict is `inconclusive` or `not-checked`. */
  readonly reason?: string;
  /** Cases judged. */
  readonly runs: number;
  readonly seed: number;
  /** The measurement that came closest to its bound, over all cases. */
  readonly worst?: Measurement;
  readonly violation?: Violation;
  readonly coverage: readonly CoverageResult[];
  /** Kernels that ran while the law was judged, by backend. */
  readonly kernels?: KernelCounts;
  readonly durationMs: number;
}
