/** What can be wrong with an environment. */
export type FindingCode =
  | 'time-limit'
  | 'state-size'
  | 'no-observations'
  | 'no-rewards'
  | 'names-repeat'
  | 'action-count'
  | 'bounds-number'
  | 'bounds-order'
  | 'bounds-mixed'
  | 'threw'
  | 'writes-elsewhere'
  | 'state-not-finite'
  | 'observation-missing'
  | 'observation-not-finite'
  | 'observation-by-chance'
  | 'observe-changes-state'
  | 'action-changed'
  | 'reward-missing'
  | 'reward-not-finite'
  | 'terminated-not-boolean'
  | 'reset-by-chance'
  | 'step-by-chance'
  | 'state-shared'
  | 'never-ends'
  | 'potential-not-finite'
  | 'optimum-action'
  | 'optimum-value-not-finite'
  | 'optimum-value'
  | 'optimum-beaten';

/** Something that breaks the contract of an environment: what was found, what is expected, and what to do. */
export interface EnvironmentFinding {
  readonly code: FindingCode;
  readonly sentence: string;
}

/** Collects findings, the first of each code: what is wrong in one step is wrong in a thousand. */
export class Findings {
  readonly #byCode = new Map<FindingCode, string>();

  add(code: FindingCode, sentence: string): void {
    if (!this.#byCode.has(code)) this.#byCode.set(code, sentence);
  }

  isEmpty(): boolean {
    return this.#byCode.size === 0;
  }

  list(): readonly EnvironmentFinding[] {
    return [...this.#byCode].map(([code, sentence]) => ({ code, sentence }));
  }
}
