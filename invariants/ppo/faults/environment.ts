import type { DurotaxisKit } from '../../../src/models/ppo/index.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inPpo } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of what the agent acts in and is paid for. */
export const ppoEnvironmentFaults: readonly Fault<Kit>[] = [
  {
    id: 'ppo/two-policies-act',
    summary: 'a second policy acts on the colony that the first has left, in the same step',
    sign: 'nodes grow fourfold in a step',
    killedBy: ['ppo/colony'],
    engines: 'host',
    inject: inDurotaxis((durotaxis) => ({
      act: (kit, colony, substrate, action, random) => {
        const first = durotaxis.act(kit, colony, substrate, action, random);
        return durotaxis.act(kit, first.colony, substrate, action, random);
      },
    })),
  },
  {
    id: 'ppo/sum-over-nodes',
    summary: 'the bounded reward sums over nodes and does not divide by them',
    sign: 'value losses grow with the square of the number of nodes',
    killedBy: ['ppo/colony'],
    engines: 'host',
    inject: inDurotaxis(() => ({ perNode: (sum) => sum })),
  },
  {
    id: 'ppo/reward-for-existing',
    summary: 'a bonus is paid in every step for being there, whether or not milestones are configured',
    sign: 'the bonus is nearly all of the return',
    killedBy: ['ppo/colony'],
    engines: 'host',
    inject: inDurotaxis(() => ({ paysMilestones: () => true })),
  },
  {
    id: 'ppo/shaping-inside-squash',
    summary: 'reward and shaping go through one squash, together',
    sign: '',
    killedBy: ['ppo/shaping'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      withShaping: (kit, environment, settings) => {
        const shaped = ppo.withShaping(kit, environment, settings);
        if (shaped === environment) return environment;
        return {
          ...shaped,
          step: (state, action, rewards, random) => {
            const terminated = shaped.step(state, action, rewards, random);
            const total = rewards.reduce((sum, reward) => sum + reward, 0);
            const last = rewards.length - 1;
            // What the squash takes from the sum is taken from the shaping.
            rewards[last] = (rewards[last] ?? NaN) + Math.tanh(total) - total;
            return terminated;
          },
        };
      },
    })),
  },
];

function inDurotaxis(replace: (durotaxis: DurotaxisKit) => Partial<DurotaxisKit>): (kit: Kit) => Kit {
  return inPpo(({ durotaxis }) => ({ durotaxis: { ...durotaxis, ...replace(durotaxis) } }));
}
