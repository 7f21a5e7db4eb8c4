import type fc from 'fast-check';
import { between, rowOf } from '../../src/verification/generators.ts';

/** Share that is deleted, γ_h, α_h, deviation of the noise, angle: bounds of an action. */
export const COLONY_BOUNDS = [
  [0, 0.7],
  [0.5, 15],
  [0.5, 4],
  [0.05, 0.5],
  [-0.52, 0.52],
] as const;

/** What a policy does with a colony. */
export const colonyAction: fc.Arbitrary<readonly number[]> = rowOf(
  COLONY_BOUNDS.map(([low, high]) => between(low, high)),
);

/** Nothing is deleted, and new nodes are put as near to their parents as can be. */
export const NOTHING = [0, 0.5, 4, 0.05, 0] as const;
