/** Count, mean and variance (by n) of each column of what has been seen so far. */
export interface RunningMoments {
  readonly count: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Moments of nothing: mean 0 and variance 1, so that what is standardised by them stays as it is. */
export function noMoments(columns: number): RunningMoments {
  return { count: 0, mean: new Float64Array(columns), variance: new Float64Array(columns).fill(1) };
}

/**
 * Moments of what was seen before and of rows (n, columns) together: the exact rule for joining two samples (Chan, Golub
 * and LeVeque 1983, eq. 2.1), so that the order and the grouping of the rows do not matter.
 *
 * @example addRows(noMoments(1), [1, 3]) // { count: 2, mean: [2], variance: [1] }
 */
export function addRows(past: RunningMoments, rows: ArrayLike<number>): RunningMoments {
  const columns = past.mean.length;
  const added = rows.length / columns;
  if (added === 0) return past;
  const count = past.count + added;
  const [mean, variance] = [new Float64Array(columns), new Float64Array(columns)];
  for (let column = 0; column < columns; column += 1) {
    const own = columnMoments(rows, column, columns);
    const [pastMean, pastVariance] = [past.mean[column] ?? 0, past.variance[column] ?? 0];
    const share = added / count;
    const gap = own.mean - pastMean;
    mean[column] = pastMean + gap * share;
    variance[column] = (1 - share) * pastVariance + share * own.variance + share * (1 - share) * gap * gap;
  }
  return { count, mean, variance };
}

/** Mean and variance (by n) of one column of rows, in two passes. */
export function columnMoments(
  rows: ArrayLike<number>,
  column = 0,
  columns = 1,
): { readonly mean: number; readonly variance: number } {
  const count = rows.length / columns;
  let sum = 0;
  for (let index = column; index < rows.length; index += columns) sum += rows[index] ?? Number.NaN;
  const mean = sum / count;
  let squares = 0;
  for (let index = column; index < rows.length; index += columns)
    squares += ((rows[index] ?? Number.NaN) - mean) ** 2;
  return { mean, variance: squares / count };
}
