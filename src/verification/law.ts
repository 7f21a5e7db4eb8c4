import type fc from 'fast-check';
import type { RunningError } from '../numerics/running-error.ts';
import type { Measurement } from './measurement.ts';
import type { InputOf, Operation, OutputOf } from './operation.ts';
import type { FloatDtype } from './tensor-value.ts';

/** What a law works with while it judges one case. */
export interface Bench {
  /** Asks the subject. Only operations that the law declares in `needs` may be asked. */
  readonly call: <O extends Operation>(operation: O, input: InputOf<O>) => Promise<OutputOf<O>>;
  /** Running-error arithmetic of the subject's engine: bounds start here. */
  readonly arithmetic: RunningError;
  /** The dtype in which the subject answers with real numbers. */
  readonly floats: FloatDtype;
  /** The engine that the subject claims to run on. */
  readonly engine: string;
}

/** A share of cases that must show a feature, or the law has not been tested where it bites. */
export interface CoverageLabel<Case> {
  readonly label: string;
  readonly minimumShare: number;
  shows(sample: Case): boolean;
}

export const ORACLES = ['derivation', 'identity', 'symmetry', 'engine', 'statistic'] as const;

/** What a law says; its ID is its path under `invariants/`. */
export interface LawText {
  readonly id: string;
  /** The law in one sentence. */
  readonly statement: string;
  readonly formula: string;
  /** The failure it guards against, in a user's words: what goes wrong when the law does not hold. */
  readonly guards: string;
  /** Where to look first when it is violated. */
  readonly suspects: string;
  readonly oracle: (typeof ORACLES)[number];
  /** How the bound was derived; for a statistic, its error rates. */
  readonly bound: string;
  readonly needs: readonly Operation[];
}

/** A property that any correct subject satisfies. */
export interface Law<Case = unknown> extends LawText {
  /** Needs a long training; judged with `--nightly`, or where it is asked for by its name. */
  readonly nightly?: boolean;
  /**
   * At most this many cases in one gate, where a case is long. `power` is for the kill matrix, 20 unless given: fewer
   * where a case is long, more where few cases are of the kind that a fault shows in.
   */
  readonly budget?: { readonly runs?: number; readonly power?: number };
  readonly coverage?: readonly CoverageLabel<Case>[];
  /** The model whose trainer a case runs, in a law on the trainers of several. */
  modelOf?(sample: Case): string;
  readonly cases: fc.Arbitrary<Case>;
  /** Measures one case. Throwing means that the case could not be judged; it never means `violated`. */
  judge(sample: Case, bench: Bench): Promise<readonly Measurement[]>;
}

/** Declares a law. */
export function law<Case>(declaration: Law<Case>): Law<Case> {
  return declaration;
}
