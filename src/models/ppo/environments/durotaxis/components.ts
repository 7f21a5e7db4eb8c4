import type { Ending } from './ending.ts';
import type { DurotaxisKit } from './kit.ts';
import type { DurotaxisSettings } from './settings.ts';
import { SUBSTRATE } from './substrate.ts';

/** What the reward of a step depends on. */
export interface ColonyStep {
  /** Before the step. */
  readonly nodes: number;
  /** See ColonyChange. */
  readonly lags: readonly number[];
  readonly gains: readonly number[];
  /** By how much the centroid moved to the right. */
  readonly moved: number;
  readonly ending: Ending | undefined;
}

/** The reward of a step, by what it is for. */
export interface ColonyRewards {
  readonly delete: number;
  readonly spawn: number;
  readonly distance: number;
  readonly termination: number;
}

/** Of legacy, for a node and for 599 to the right. */
const PER_NODE = 2;
const PER_WIDTH = 5;
const LAST = SUBSTRATE.width - 1;
const LEGACY_TERMINATION: Readonly<Record<Ending, number>> = {
  success: 500,
  'out-of-bounds': -100,
  'no-nodes': -100,
  drift: -50,
  'too-many-nodes': -15,
};

/**
 * The scale on which losses exploded: ±2 for each node, summed, 5 Δcentroid/599, termination from −100 to 500. What is
 * paid for deleting and for spawning grows with N, and has opposite signs.
 */
export function legacyRewards(step: ColonyStep, settings: DurotaxisSettings): ColonyRewards {
  return {
    delete: PER_NODE * deletions(step),
    spawn: PER_NODE * spawns(step, settings),
    distance: (PER_WIDTH * step.moved) / LAST,
    termination: step.ending === undefined ? 0 : LEGACY_TERMINATION[step.ending],
  };
}

/**
 * The same reasons, each within ±1: sums over nodes are divided by the N from before the step, of which k are deleted
 * and N − k spawn; termination is 1 for success and −1 for anything else. The distance is not multiplied; it could only
 * exceed 1 where a colony as wide as the substrate dies but for its head.
 */
export function boundedRewards(
  kit: DurotaxisKit,
  step: ColonyStep,
  settings: DurotaxisSettings,
): ColonyRewards {
  return {
    delete: kit.perNode(deletions(step), step.nodes),
    spawn: kit.perNode(spawns(step, settings), step.nodes),
    distance: Math.max(-1, Math.min(1, step.moved / LAST)),
    termination: step.ending === undefined ? 0 : step.ending === 'success' ? 1 : -1,
  };
}

/** A sum over nodes as a mean over them. */
export function perNode(sum: number, nodes: number): number {
  return nodes === 0 ? 0 : sum / nodes;
}

/** Deleted nodes that lagged behind the colony, less those that did not. */
function deletions({ lags }: ColonyStep): number {
  return lags.reduce((sum, lag) => sum + (lag > 0 ? 1 : -1), 0);
}

/** New nodes that gained enough intensity, less those that did not. */
function spawns({ gains }: ColonyStep, { spawnGain }: DurotaxisSettings): number {
  return gains.reduce((sum, gain) => sum + (gain >= spawnGain ? 1 : -1), 0);
}
