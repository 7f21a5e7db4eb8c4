/** A name that a library or a person gives to a metric. */
export interface Alias {
  /** Lower case, `_` within words and `/` between groups; `*` at the end stands for the name of a part. */
  readonly name: string;
  /** The canonical value is this times what is logged: −1 for a negated one, ½ where a factor is left out. 1 unless given. */
  readonly factor?: number;
  /** The format whose logs mean this by the name, where another one means something else. */
  readonly format?: string;
}

/** What a metric is, whoever logged it. */
export interface Metric {
  /** One word of ours for it: `value-loss`. Metrics of parts end in `/*`. */
  readonly name: string;
  /** What it measures, with its formula where libraries differ. */
  readonly meaning: string;
  /** Which way it should go. */
  readonly better: 'lower' | 'higher' | 'neither';
  /** Whether a value below zero is possible for a right program. */
  readonly negative: boolean;
  readonly aliases: readonly (Alias | string)[];
}
