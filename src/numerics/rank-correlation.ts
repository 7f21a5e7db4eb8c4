import { InputError } from '../errors.ts';

/**
 * Spearman's rank correlation of paired values, −1 to 1; equal values share the mean of their ranks. 0 where one of the two
 * does not vary.
 *
 * @throws InputError `points-unusable` for lists of different lengths or of fewer than two
 * @example spearman([1, 2, 3], [1, 4, 9]) // 1
 */
export function spearman(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length || x.length < 2) {
    throw new InputError({
      code: 'points-unusable',
      what: 'there is no correlation of these values',
      given: `${x.length} x and ${y.length} y`,
      expected: 'as many y as x, and at least two',
    });
  }
  const [a, b] = [ranks(x), ranks(y)];
  const centre = (x.length + 1) / 2;
  let [both, first, second] = [0, 0, 0];
  for (const [index, rank] of a.entries()) {
    const [left, right] = [rank - centre, (b[index] ?? centre) - centre];
    both += left * right;
    first += left * left;
    second += right * right;
  }
  return first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second);
}

/** Ranks from 1; equal values have the mean of theirs. */
function ranks(values: readonly number[]): readonly number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const result = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (let at = from; at <= to; at += 1) result[order[at] ?? 0] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return result;
}
