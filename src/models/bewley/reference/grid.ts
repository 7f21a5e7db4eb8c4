import { InputError } from '../../../errors.ts';
import { element } from './element.ts';

/** How finely the reference solution looks. */
export interface ReferenceGrid {
  /** Nodes of normal ability. */
  readonly nodes: number;
  /** The outermost nodes, in stationary standard deviations of log ability. */
  readonly deviations: number;
  /** Points of wealth up to `top`. */
  readonly points: number;
  /** Wealth up to which the points are spread; beyond, points are added as far as households save. */
  readonly top: number;
  /** Points are at top·(i/(points−1))^exponent: dense near the borrowing limit, where policies bend. */
  readonly exponent: number;
}

/** The grid of the documented figures. */
export const DOCUMENTED_GRID: ReferenceGrid = {
  nodes: 9,
  deviations: 2,
  points: 220,
  top: 80,
  exponent: 2.5,
};

/** The same with ability twice as fine, and three standard deviations wide. */
export const REFINED_GRID: ReferenceGrid = { ...DOCUMENTED_GRID, nodes: 19, deviations: 3 };

/** Beyond `top` each point is this times the one before: policies are nearly straight there. */
const GROWTH = 1.03;

/**
 * Points of wealth, ascending from 0: those up to `top`, then geometric ones up to at least `reach`. Points that two
 * reaches share are equal, so that policies carry over.
 *
 * @throws InputError `grid-invalid`
 */
export function assetPoints({ points, top, exponent }: ReferenceGrid, reach = top): Float64Array {
  if (!(Number.isInteger(points) && points >= 10 && top > 0 && exponent >= 1 && Number.isFinite(reach))) {
    throw new InputError({
      code: 'grid-invalid',
      what: 'there is no grid of wealth of this kind',
      given: `${points} points up to ${top} with exponent ${exponent}`,
      expected: 'at least 10 points, a top above 0, an exponent of at least 1',
    });
  }
  const values = Array.from({ length: points }, (_, index) => top * (index / (points - 1)) ** exponent);
  for (let last = top * GROWTH; element(values, values.length - 1) < reach; last *= GROWTH) values.push(last);
  return Float64Array.from(values);
}
