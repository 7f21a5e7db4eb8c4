/**
 * Twice the rank of each value among all, from 1, where equal values share the mean of their ranks: twice, so that shared ranks
 * are whole numbers too.
 *
 * @example tiedRanks([3, 1, 3]) // [5, 2, 5]
 */
export function tiedRanks(values: readonly number[]): readonly number[] {
  return values.map(
    (value) =>
      values.filter((other) => other < value).length + values.filter((other) => other <= value).length + 1,
  );
}
