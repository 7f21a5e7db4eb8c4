/** How many numbers are watched on each side of a row. */
const MARGIN = 4;
/** Nothing that an environment would write by itself: exact in single precision. */
const SENTINEL = -98304.125;

/** A row as the trainer hands it out, in the middle of a longer array, so that writing beyond it is seen. */
export interface GuardedRow {
  readonly values: Float32Array;
  /** Whether what is beside the row is as it was. */
  readonly isIntact: () => boolean;
}

/** A row of zeros. */
export function guardedRow(length: number): GuardedRow {
  const whole = new Float32Array(length + 2 * MARGIN).fill(SENTINEL);
  const values = whole.subarray(MARGIN, MARGIN + length).fill(0);
  const isGuard = (_: number, i: number): boolean => i < MARGIN || i >= MARGIN + length;
  return { values, isIntact: () => whole.filter(isGuard).every((value) => value === SENTINEL) };
}

/** Whether two rows are equal bit for bit, but for the sign of zero: NaN equals NaN. */
export function sameRow(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((value, i) => Object.is(value + 0, (other[i] ?? 0) + 0));
}

/** A number that is not finite in a row, with its place; undefined when all are. */
export function notFinite(row: Float32Array): { readonly index: number; readonly value: number } | undefined {
  const index = row.findIndex((value) => !Number.isFinite(value));
  return index < 0 ? undefined : { index, value: row[index] ?? Number.NaN };
}
