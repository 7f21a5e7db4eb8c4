import type { Colony } from './colony.ts';
import { nodes } from './colony.ts';
import type { DurotaxisSettings } from './settings.ts';
import { SUBSTRATE } from './substrate.ts';

/** Why the task of an episode has ended. Time running out is none of them. */
export type Ending = 'success' | 'no-nodes' | 'out-of-bounds' | 'too-many-nodes' | 'drift';

/** Share of the width beyond which a node has arrived. */
const GOAL = 0.99;
/** Steps to the left, in a row. */
export const DRIFT_LIMIT = 30;

/** How many steps in a row, with this one, the centroid has moved to the left. */
export function driftAfter(drift: number, moved: number): number {
  return moved < 0 ? drift + 1 : 0;
}

/** How a step has ended the task, if it has. Success comes first: a node that arrived may be past the edge. */
export function ending(colony: Colony, drift: number, settings: DurotaxisSettings): Ending | undefined {
  if (colony.x.some((x) => x > GOAL * SUBSTRATE.width)) return 'success';
  if (nodes(colony) === 0) return 'no-nodes';
  const isOut = colony.x.some((x) => x < 0) || colony.y.some((y) => y < 0 || y > SUBSTRATE.height);
  if (isOut) return 'out-of-bounds';
  if (nodes(colony) > settings.maximumNodes) return 'too-many-nodes';
  return drift >= DRIFT_LIMIT ? 'drift' : undefined;
}
