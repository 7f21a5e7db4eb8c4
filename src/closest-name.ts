import { distance as editDistance } from 'fastest-levenshtein';

/** Edits per letter up to which a name is taken for a slip of another. */
const TOLERANCE = 0.4;

/** Edits of two letters that were swapped, which is half of a name of four. */
const SWAP = 2;

/**
 * The known name that was probably meant, or undefined: the nearest by edit distance (Levenshtein), if at most two
 * fifths of the letters differ, or two letters of four are swapped.
 *
 * @example closestName('learningrate', ['learningRate', 'beta1']) // 'learningRate'
 */
export function closestName(given: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((name) => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => {
      const letters = Math.max(name.length, given.length);
      return distance <= Math.max(TOLERANCE * letters, Math.min(SWAP, letters / 2));
    })
    .sort((left, right) => left.distance - right.distance);
  return nearest?.name;
}
