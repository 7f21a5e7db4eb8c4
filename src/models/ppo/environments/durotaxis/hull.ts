import { at } from '../row.ts';
import type { Colony } from './colony.ts';

/** Area of the convex hull of a colony, by Andrew's monotone chain (1979). */
export function hullArea({ x, y }: Colony): number {
  const order = Uint32Array.from(x.keys()).sort(
    (one, other) => at(x, one) - at(x, other) || at(y, one) - at(y, other),
  );
  return Math.abs(areaUnder(x, y, order, 1) - areaUnder(x, y, order, -1));
}

/** ∫ y dx along the lower (1) or the upper (−1) side of the hull. */
function areaUnder(x: Float32Array, y: Float32Array, order: Uint32Array, side: 1 | -1): number {
  const chain: number[] = [];
  for (const next of order) {
    while (
      chain.length >= 2 &&
      side * turn(x, y, at(chain, chain.length - 2), at(chain, chain.length - 1), next) <= 0
    )
      chain.pop();
    chain.push(next);
  }
  let area = 0;
  for (let i = 1; i < chain.length; i += 1) {
    const [from, to] = [at(chain, i - 1), at(chain, i)];
    area += ((at(x, to) - at(x, from)) * (at(y, to) + at(y, from))) / 2;
  }
  return area;
}

/** Twice the area of the triangle of three nodes: positive where the way through them turns left. */
function turn(x: Float32Array, y: Float32Array, a: number, b: number, c: number): number {
  return (at(x, b) - at(x, a)) * (at(y, c) - at(y, a)) - (at(y, b) - at(y, a)) * (at(x, c) - at(x, a));
}
