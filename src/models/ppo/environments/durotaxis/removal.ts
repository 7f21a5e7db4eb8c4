import { at } from '../row.ts';
import type { Colony } from './colony.ts';

/** What is left of a colony, and where the nodes stood that were deleted. */
export interface Removal {
  readonly kept: Colony;
  readonly removed: Float32Array;
}

/** k = ⌊ratio · N⌋ nodes are deleted: never all of them, since the ratio is below 1. */
export function removalCount(ratio: number, nodes: number): number {
  return Math.floor(ratio * nodes);
}

/**
 * Deletes the leftmost nodes, of two in one place the one that comes first in the chain. The order of the others stays,
 * which joins the predecessor of a deleted node to its successor.
 */
export function removal({ x, y }: Colony, count: number): Removal {
  const fromLeft = Uint32Array.from(x.keys()).sort((one, other) => at(x, one) - at(x, other) || one - other);
  const leaving = fromLeft.subarray(0, count);
  const staying = fromLeft.slice(count).sort();
  const pick = (values: Float32Array, places: Uint32Array): Float32Array =>
    Float32Array.from(places, (place) => at(values, place));
  return { kept: { x: pick(x, staying), y: pick(y, staying) }, removed: pick(x, leaving) };
}
