/** The mean of values, and how far it may be off: their deviation over the root of their number. */
export interface Estimate {
  readonly mean: number;
  /** null of a single value, which does not tell. */
  readonly standardError: number | null;
}

/** The mean of independent values, with its standard error. */
export function estimateOf(values: readonly number[]): Estimate {
  const mean = meanOf(values);
  const error = deviationOf(values) / Math.sqrt(values.length);
  return { mean, standardError: Number.isFinite(error) ? error : null };
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? Number.NaN;
  return sum / values.length;
}

/** Standard deviation of a sample, over n − 1; NaN of a single value. */
export function deviationOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += ((values[index] ?? Number.NaN) - mean) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/** A number, or null where it is none: JSON has no NaN. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
