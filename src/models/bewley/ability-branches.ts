import type { Stream } from '../../numerics/stream.ts';
import type { BewleyAbilityKit } from './ability-kit.ts';
import type { BewleyExogenous, BewleyProcess } from './ability-process.ts';

/** Two draws of the next period from one state, independent of each other given it. */
export interface BewleyBranches {
  readonly a: BewleyExogenous;
  readonly b: BewleyExogenous;
}

export type BranchName = keyof BewleyBranches;

/**
 * Both branches of the next period, each from the same state with a stream of its own: the product of their Euler errors
 * is then an unbiased estimate of the squared expectation. They are one and the same where nothing is random.
 */
export function drawBranches(
  kit: BewleyAbilityKit,
  process: BewleyProcess,
  state: BewleyExogenous,
  stream: Stream,
): BewleyBranches {
  return {
    a: kit.nextExogenous(kit, process, state, stream.split('a')),
    b: kit.nextExogenous(kit, process, state, stream.split('b')),
  };
}

/** The branch that the economy goes on with: a fair coin, thrown without a look at the branches. */
export function chooseBranch(stream: Stream): BranchName {
  return stream.uniform() < 0.5 ? 'a' : 'b';
}

/** The exogenous part of what is committed: ability and stars of the chosen branch, both as they are. */
export function commitExogenous(branches: BewleyBranches, chosen: BranchName): BewleyExogenous {
  return branches[chosen];
}
