/** What a run left, as far as it is compared. */
export interface RunNumbers {
  /** What `evaluation.json` holds. */
  readonly evaluation: unknown;
  /** Rows of `metrics.jsonl`. */
  readonly rows: readonly Readonly<Record<string, number>>[];
}

type Reading = (run: RunNumbers) => number | undefined;

/** A row of a comparison. */
export interface Quantity {
  readonly id: string;
  readonly label: string;
  /** Undefined where a run does not tell it. */
  readonly read: Reading;
  /** What the model itself says is right for the configuration of the run. */
  readonly reference?: Reading;
  /** Of a logarithm a percentage says nothing. */
  readonly isLogarithm?: boolean;
}

/** The end of a log that a number is averaged over: single rows are noise. */
const TAIL = 1 / 5;

/** The number at a dotted path of the evaluation; numbers that JSON does not have are written there as text. */
export function evaluated(path: string): Reading {
  return ({ evaluation }) => {
    const value = path
      .split('.')
      .reduce<unknown>(
        (inside, key) =>
          typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined,
        evaluation,
      );
    if (typeof value === 'string') return Number(value);
    return typeof value === 'number' ? value : undefined;
  };
}

/** The mean of a metric over the last fifth of the log. */
export function logged(key: string): Reading {
  return ({ rows }) => {
    const tail = rows.slice(-Math.ceil(rows.length * TAIL)).map((row) => row[key]);
    const values = tail.filter((value) => value !== undefined);
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
}

/** One reading over another. */
export function over(numerator: Reading, denominator: Reading): Reading {
  return (run) => {
    const [above, below] = [numerator(run), denominator(run)];
    return above === undefined || below === undefined ? undefined : above / below;
  };
}
