import type { Stream } from '../../numerics/stream.ts';
import type { BewleyBranches, BranchName } from './ability-branches.ts';
import { starAbility } from './ability.ts';
import { chooseBranch, commitExogenous, drawBranches } from './ability-branches.ts';
import type { BewleyExogenous, BewleyProcess } from './ability-process.ts';
import {
  abilityAfterStar,
  drawStationaryAbility,
  nextExogenous,
  nextNormalAbility,
  nextStar,
  truncateAbility,
} from './ability-process.ts';
import type { BewleyAbility, BewleyInitial } from './configuration.ts';
import { initialExogenous } from './initial-ability.ts';
import { initialWealth } from './initial-wealth.ts';

/**
 * The exogenous side of the Bewley economy: plain arrays from a stream, N = B·A agents row-major.
 *
 * As in every kit, a function that uses others takes the kit first and calls them through it.
 */
export interface BewleyAbilityKit {
  // One agent.
  readonly truncateAbility: (ability: BewleyAbility, level: number) => number;
  readonly nextNormalAbility: (
    kit: BewleyAbilityKit,
    ability: BewleyAbility,
    level: number,
    shock: number,
  ) => number;
  readonly nextStar: (ability: BewleyAbility, isStar: boolean, uniform: number) => boolean;
  /** The star level replaces `level`, the ability that the agent has or was about to be given, which is of no account. */
  readonly starLevel: (ability: BewleyAbility, level: number) => number;
  readonly abilityAfterStar: (
    kit: BewleyAbilityKit,
    ability: BewleyAbility,
    level: number,
    stream: Stream,
  ) => number;
  readonly drawStationaryAbility: (kit: BewleyAbilityKit, ability: BewleyAbility, stream: Stream) => number;

  // All agents, from one period to the next.
  readonly nextExogenous: (
    kit: BewleyAbilityKit,
    process: BewleyProcess,
    state: BewleyExogenous,
    stream: Stream,
  ) => BewleyExogenous;
  readonly drawBranches: (
    kit: BewleyAbilityKit,
    process: BewleyProcess,
    state: BewleyExogenous,
    stream: Stream,
  ) => BewleyBranches;
  readonly chooseBranch: (stream: Stream) => BranchName;
  readonly commitExogenous: (branches: BewleyBranches, chosen: BranchName) => BewleyExogenous;

  // Worlds that are made.
  readonly initialExogenous: (
    kit: BewleyAbilityKit,
    ability: BewleyAbility,
    initial: BewleyInitial['ability'],
    count: number,
    stream: Stream,
  ) => BewleyExogenous;
  readonly initialWealth: (initial: BewleyInitial['wealth'], count: number, stream: Stream) => Float32Array;
}

/** The process of ability as it is meant; what faults deviate from. */
export const bewleyAbilityKit: BewleyAbilityKit = {
  truncateAbility,
  nextNormalAbility,
  nextStar,
  starLevel: starAbility,
  abilityAfterStar,
  drawStationaryAbility,
  nextExogenous,
  drawBranches,
  chooseBranch,
  commitExogenous,
  initialExogenous,
  initialWealth,
};
