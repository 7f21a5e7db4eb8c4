/**
 * The p-values of a family of tests, adjusted so that the probability of one false rejection or more is at most the level
 * at which the adjusted ones are read, however the tests depend on each other (Holm 1979); in the order given.
 *
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  for (const [rank, { value, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * value));
    adjusted[index] = largest;
  }
  return adjusted;
}
