/** The element of an array at an index that is known to exist; NaN, which spreads and is caught, where it does not. */
export function element(values: ArrayLike<number>, index: number): number {
  return values[index] ?? Number.NaN;
}
