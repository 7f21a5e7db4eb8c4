/** Settings of preferences, taxes and technology, as operations take them. */
export interface Preferences {
  readonly theta: number;
  readonly gamma: number;
  readonly beta: number;
}
export interface Schedule {
  readonly tau: number;
  readonly xi: number;
}
export interface Taxes {
  readonly consumption: number;
  readonly income: Schedule;
  readonly wealth: Schedule;
}
export interface Technology {
  readonly productivity: number;
  readonly alpha: number;
  readonly delta: number;
}

/**
 * An economy as mathjs text, each object once: everything that laws compare with derives from these by symbols. Where a
 * formula has a limit with a text of its own (θ = 1, ξ = 0), the text may depend on the settings.
 */
export interface BewleyExpressions {
  /** Utility of consumption c and labour n; further symbols theta, gamma. */
  readonly utility: (preferences: Preferences) => string;
  /**
   * The labour at which an hour more costs what it brings, when it buys `value` of consumption c: the n of
   * −∂U/∂n = value·∂U/∂c. It is checked against `utility`.
   */
  readonly laborAt: (preferences: Preferences) => string;
  /** Consumption below which utility is not defined at labour n, where there is such a limit; of n, theta, gamma. */
  readonly leastConsumption?: string;
  /** What is kept of x under a tax; further symbols tau, xi. */
  readonly kept: (schedule: Schedule) => string;
  /** Output of capital K and effective labour L; further symbols A, alpha. */
  readonly output: string;
}

/**
 * The economy of Boar and Midrigan, "Efficient Redistribution", with the tax of Heathcote, Storesletten and Violante,
 * N(x) = (1−τ)/(1−ξ) x^(1−ξ).
 */
export const documentedEconomy: BewleyExpressions = {
  utility: ({ theta }) =>
    `${theta === 1 ? 'log(c)' : 'c^(1 - theta) / (1 - theta)'} - n^(1 + gamma) / (1 + gamma)`,
  laborAt: ({ theta }) => `(value * ${theta === 1 ? '(1 / c)' : 'c^(-theta)'})^(1 / gamma)`,
  kept: ({ xi }) => (xi === 0 ? '(1 - tau) * x' : '(1 - tau) / (1 - xi) * x^(1 - xi)'),
  output: 'A * K^alpha * L^(1 - alpha)',
};
