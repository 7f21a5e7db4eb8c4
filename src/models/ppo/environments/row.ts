/** A number of a row; NaN, which spreads, where the row ends before. */
export function at(row: ArrayLike<number>, index: number): number {
  return row[index] ?? Number.NaN;
}

/** A number drawn into a row, or a whole row of them: uniform on `centre` ± `spread`. */
export function uniformAround(uniform: number, centre: number, spread: number): number {
  return centre + spread * (2 * uniform - 1);
}
