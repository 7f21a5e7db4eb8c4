/** Choices along wealth, (n) each. */
export interface BewleyChoiceCurves {
  readonly consumption: readonly number[];
  readonly labor: readonly number[];
  readonly savingsRatio: readonly number[];
  readonly marginalReturn: readonly number[];
}

/** Policies by own wealth at several abilities. */
export interface BewleyPolicyData {
  /** (n). */
  readonly wealth: readonly number[];
  readonly curves: readonly {
    readonly quantile: number;
    readonly ability: number;
    readonly network: BewleyChoiceCurves;
    readonly reference: BewleyChoiceCurves | null;
  }[];
}

/** Who owns how much. */
export interface BewleyWealthData {
  readonly cumulative: {
    readonly wealth: readonly number[];
    readonly simulated: readonly number[];
    readonly reference: readonly number[] | null;
  };
  readonly lorenz: {
    readonly agents: readonly number[];
    readonly simulated: readonly number[];
    readonly reference: readonly number[] | null;
  };
}

/** Euler errors of the agents of one cross-section, log₁₀ where they are sizes. */
export interface BewleyEulerData {
  readonly percentile99: number | null;
  readonly shareExcluded: number;
  readonly byWealth: readonly {
    readonly wealth: number;
    readonly mean: number | null;
    readonly percentile90: number | null;
  }[];
  readonly cumulative: { readonly log10: readonly number[]; readonly share: readonly number[] };
}

/** What the figures show of an evaluation of the Bewley economy. */
export interface BewleyFigureData {
  readonly policies: { readonly curves: BewleyPolicyData };
  readonly wealth: BewleyWealthData;
  readonly euler: { readonly ergodic: BewleyEulerData; readonly heldOut: BewleyEulerData };
  readonly quantities: Readonly<
    Record<
      'capitalLabor' | 'labor' | 'savingsRatio' | 'shareConstrained',
      { readonly mean: number | null; readonly reference: number }
    >
  >;
}
