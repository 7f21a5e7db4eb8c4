import type { Environment } from '../../environment.ts';
import { at } from '../row.ts';
import { ACTION_BOUNDS, readAction } from './action.ts';
import { mean, nodes } from './colony.ts';
import type { ColonyRewards, ColonyStep } from './components.ts';
import type { DurotaxisKit } from './kit.ts';
import { DUROTAXIS_OBSERVATIONS } from './observation.ts';
import type { DurotaxisSettings } from './settings.ts';
import { NODES, readState, stateSize, writeState } from './state.ts';
import { SUBSTRATE } from './substrate.ts';

const COMPONENTS = ['delete', 'spawn', 'distance', 'termination'];

/**
 * A colony of nodes that creeps to where its substrate is stiffer: in each step one policy says which share of the
 * nodes is deleted from the left, and where the others put new ones.
 */
export function durotaxis(kit: DurotaxisKit, settings: DurotaxisSettings): Environment {
  const withMilestones = kit.paysMilestones(settings);
  const rewardsOf = (step: ColonyStep): ColonyRewards =>
    settings.scale === 'legacy' ? kit.legacyRewards(step, settings) : kit.boundedRewards(kit, step, settings);
  return {
    name: 'durotaxis',
    summary: 'a growing colony creeps up a gradient of stiffness, rewarded in components',
    observations: DUROTAXIS_OBSERVATIONS,
    actions: { kind: 'continuous', ...ACTION_BOUNDS },
    rewards: withMilestones ? [...COMPONENTS, 'milestones'] : COMPONENTS,
    stateSize: stateSize(settings),
    timeLimit: settings.timeLimit,
    reset: (row, random) => {
      const substrate = kit.drawSubstrate(settings, random);
      writeState({ substrate, colony: kit.drawColony(settings, random), drift: 0 }, row);
    },
    observe: (row, observation) => {
      kit.observe(readState(row), settings, observation);
    },
    step: (row, action, rewards, random) => {
      const { colony, substrate, drift: driftBefore } = readState(row);
      const after = kit.act(kit, colony, substrate, readAction(action), random);
      // A colony without nodes has no centroid, and has not moved.
      const moved = nodes(after.colony) === 0 ? 0 : mean(after.colony.x) - mean(colony.x);
      const drift = kit.driftAfter(driftBefore, moved);
      const ending = kit.ending(after.colony, drift, settings);
      const paid = rewardsOf({
        nodes: nodes(colony),
        lags: after.lags,
        gains: after.gains,
        moved,
        ending,
      });
      rewards.set([paid.delete, paid.spawn, paid.distance, paid.termination]);
      if (withMilestones) rewards[COMPONENTS.length] = kit.milestoneReward(after.colony, settings);
      writeState({ colony: after.colony, substrate, drift }, row);
      return ending !== undefined;
    },
    extremes: { node_growth: (before, after) => at(after, NODES) / at(before, NODES) },
    potential: (row) => mean(readState(row).colony.x) / SUBSTRATE.width,
  };
}
