/** What households do at each state, [ability · points + point of wealth]. */
export interface Policy {
  readonly consumption: Float64Array;
  readonly labor: Float64Array;
  /** Wealth that is carried into the next period. */
  readonly saved: Float64Array;
  /** Taxable income y = w e n + r a. */
  readonly income: Float64Array;
}

/** A policy of this many states, to be filled. */
export function emptyPolicy(states: number): Policy {
  const column = (): Float64Array => new Float64Array(states);
  return { consumption: column(), labor: column(), saved: column(), income: column() };
}
