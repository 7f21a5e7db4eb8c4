/** Edits per letter up to which a name is taken for a slip of another. */
const TOLERANCE = 0.4;

/**
 * The known name that was probably meant, or undefined: the nearest by edit distance (Levenshtein), if at most two
 * fifths of the letters differ.
 *
 * @example closestName('learningrate', ['learningRate', 'beta1']) // 'learningRate'
 */
export function closestName(given: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((name) => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= TOLERANCE * Math.max(name.length, given.length))
    .sort((left, right) => left.distance - right.distance);
  return nearest?.name;
}

/** Insertions, deletions and substitutions that turn one text into the other, row by row of the usual table. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const substituted = (row[column - 1] ?? 0) + (to[column - 1] === from[index] ? 0 : 1);
      next.push(Math.min(substituted, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
