import type { Stream } from '../../../../numerics/stream.ts';
import type { ColonyChange } from './act.ts';
import { act } from './act.ts';
import type { ColonyAction } from './action.ts';
import type { Colony } from './colony.ts';
import { drawColony } from './colony.ts';
import type { ColonyRewards, ColonyStep } from './components.ts';
import { boundedRewards, legacyRewards, perNode } from './components.ts';
import type { Ending } from './ending.ts';
import { driftAfter, ending } from './ending.ts';
import { milestoneReward, paysMilestones } from './milestones.ts';
import { observeColony } from './observation.ts';
import type { Removal } from './removal.ts';
import { removal, removalCount } from './removal.ts';
import type { DurotaxisSettings } from './settings.ts';
import type { Spawning } from './spawning.ts';
import { spawning, spawnLength } from './spawning.ts';
import type { DurotaxisState } from './state.ts';
import type { Substrate } from './substrate.ts';
import { drawSubstrate, intensity } from './substrate.ts';

/** The functions of which durotaxis is made; one that uses others takes the kit first, and calls through it. */
export interface DurotaxisKit {
  readonly drawSubstrate: (settings: DurotaxisSettings, random: Stream) => Substrate;
  readonly drawColony: (settings: DurotaxisSettings, random: Stream) => Colony;
  readonly intensity: (substrate: Substrate, x: number) => number;
  readonly removalCount: (ratio: number, nodes: number) => number;
  readonly removal: (colony: Colony, count: number) => Removal;
  readonly spawnLength: (action: ColonyAction, intensity: number) => number;
  readonly spawning: (
    kit: DurotaxisKit,
    colony: Colony,
    substrate: Substrate,
    action: ColonyAction,
    random: Stream,
  ) => Spawning;
  /** One step of the one policy that acts. */
  readonly act: (
    kit: DurotaxisKit,
    colony: Colony,
    substrate: Substrate,
    action: ColonyAction,
    random: Stream,
  ) => ColonyChange;
  readonly driftAfter: (drift: number, moved: number) => number;
  readonly ending: (colony: Colony, drift: number, settings: DurotaxisSettings) => Ending | undefined;
  readonly legacyRewards: (step: ColonyStep, settings: DurotaxisSettings) => ColonyRewards;
  readonly boundedRewards: (
    kit: DurotaxisKit,
    step: ColonyStep,
    settings: DurotaxisSettings,
  ) => ColonyRewards;
  /** Turns a sum over nodes into what the bounded scale pays. */
  readonly perNode: (sum: number, nodes: number) => number;
  readonly paysMilestones: (settings: DurotaxisSettings) => boolean;
  readonly milestoneReward: (colony: Colony, settings: DurotaxisSettings) => number;
  readonly observe: (state: DurotaxisState, settings: DurotaxisSettings, observation: Float32Array) => void;
}

/** Durotaxis as it is meant; what faults deviate from. */
export const durotaxisKit: DurotaxisKit = {
  drawSubstrate,
  drawColony,
  intensity,
  removalCount,
  removal,
  spawnLength,
  spawning,
  act,
  driftAfter,
  ending,
  legacyRewards,
  boundedRewards,
  perNode,
  paysMilestones,
  milestoneReward,
  observe: observeColony,
};
