import { at } from '../row.ts';

/** What a policy decides on, for the whole colony. */
export interface ColonyAction {
  /** Share of the nodes that is deleted. */
  readonly deleteRatio: number;
  /** γ_h: how far a new node is put on the stiffest substrate. */
  readonly reach: number;
  /** α_h: the intensity at which it is put half as far. */
  readonly softness: number;
  /** Standard deviation of what is added to the distance. */
  readonly noise: number;
  /** θ in radians, from the direction in which intensity grows. */
  readonly angle: number;
}

/** Bounds of the five numbers of an action, in the order of ColonyAction. */
export const ACTION_BOUNDS = { low: [0, 0.5, 0.5, 0.05, -0.52], high: [0.7, 15, 4, 0.5, 0.52] };

/** The five numbers by name. */
export function readAction(row: ArrayLike<number>): ColonyAction {
  return {
    deleteRatio: at(row, 0),
    reach: at(row, 1),
    softness: at(row, 2),
    noise: at(row, 3),
    angle: at(row, 4),
  };
}
