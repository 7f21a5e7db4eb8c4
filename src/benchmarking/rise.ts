/**
 * By how much a count rose that is exact, and over which distance: what it falls back to in the second half, over what it fell
 * back to in the first. What is kept for some units and released again, as a buffer of losses is, does not rise.
 *
 * @param counts Of points at equal distances, two or more.
 */
export function riseOf(counts: readonly number[]): { readonly rise: number; readonly distance: number } {
  const half = Math.floor(counts.length / 2);
  return { rise: Math.min(...counts.slice(half)) - Math.min(...counts.slice(0, half)), distance: half };
}
