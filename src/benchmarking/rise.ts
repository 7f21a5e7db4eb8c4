/**
 * By how much a count rose that is exact: what it falls back to in the second half, over what it fell back to in the first. What is
 * kept for some units and released again, as a buffer of losses is, does not rise, if it is released in either half.
 *
 * @param counts At equal distances, two or more; where counts fall in between, the least since the one before.
 */
export function riseOf(counts: readonly number[]): number {
  const half = halfOf(counts);
  return Math.min(...counts.slice(half)) - Math.min(...counts.slice(0, half));
}

/** Over how many distances counts rose that rise with each. */
export function halfOf({ length }: readonly number[]): number {
  return Math.floor(length / 2);
}
