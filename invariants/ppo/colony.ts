import fc from 'fast-check';
import { ppoEpisode } from '../../src/verification/contracts/index.ts';
import { exactly, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { same } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { rowAt } from './cases.ts';
import { colonyAction, NOTHING } from './colonies.ts';
import type { ColonySettings } from './oracle/colony.ts';
import { colonyAt, grownBy, paidFor, paidForNothing } from './oracle/colony.ts';

const STEPS = 4;

interface Case {
  readonly settings: ColonySettings & {
    readonly substrate: object;
    readonly initialNodes: number;
  };
  readonly actions: readonly (readonly number[])[];
  readonly seed: number;
}

/** A colony grows by one policy at a time, and is paid for what it does. */
export const colony = law<Case>({
  id: 'ppo/colony',
  statement:
    'In durotaxis exactly one policy acts in a step, the one whose action was taken: it deletes ⌊ratio·N⌋ nodes and each of the others spawns one; rewards are those declared, each within ±1 on the bounded scale however many nodes there are; and a colony that does nothing is paid nothing.',
  formula:
    'N′ = 2 (N − ⌊ratio·N⌋) ≤ 2N;  L = γ_h/(1 + (α_h/f)²) + noise;  |r_c| ≤ 1 (bounded);  r(nothing) ≤ 0',
  guards:
    'a colony that grows fourfold, rewards that grow with it, and a bonus for existing that is most of the return',
  suspects:
    'the step (src/models/ppo/environments/durotaxis/act.ts here) and its rewards (components.ts, milestones.ts)',
  oracle: 'derivation',
  bound:
    'roundings of places to single precision; noise of a new node within 7 deviations (1e-12); nodes within rounding of a threshold count either way',
  needs: [ppoEpisode],
  budget: { runs: 25 },
  coverage: [
    { label: 'the bounded scale', minimumShare: 0.3, shows: ({ settings }) => settings.scale === 'bounded' },
    { label: 'many nodes', minimumShare: 0.3, shows: ({ settings }) => settings.initialNodes > 10 },
    {
      label: 'a gain that some reach',
      minimumShare: 0.2,
      shows: ({ settings }) => settings.spawnGain < 1,
    },
  ],
  cases: fc.record({
    settings: fc.record({
      scale: fc.constantFrom('legacy', 'bounded'),
      spawnGain: fc.constantFrom(0.05, 0.3, 2.5),
      initialNodes: fc.constantFrom(2, 5, 7, 13, 30, 61),
      substrate: fc.constantFrom({ rule: 'fixed' }, { rule: 'random' }),
    }),
    actions: exactly(STEPS, colonyAction),
    seed: seeds,
  }),
  async judge({ settings, actions, seed }, { call }) {
    const episodeOf = async (taken: readonly (readonly number[])[], spawnGain: number) => {
      const { states, rewards } = await call(ppoEpisode, {
        environment: { name: 'durotaxis', ...settings, spawnGain },
        discount: 0.99,
        shaping: 0,
        actions: float32([taken.length, 5], taken.flat()),
        seed,
      });
      const [steps = 0] = rewards.shape;
      return Array.from({ length: steps }, (_, step) => ({
        before: colonyAt(rowAt(states, step)),
        after: colonyAt(rowAt(states, step + 1)),
        rewards: rowAt(rewards, step),
        at: `step ${step}`,
      }));
    };
    const busy = await episodeOf(actions, settings.spawnGain);
    // A gain that no node reaches which stays so near: 0.5 at most, on a slope of 0.1 at most.
    const idle = await episodeOf(
      actions.map(() => NOTHING),
      2.5,
    );
    return [
      same('steps taken', busy.length > 0 ? 'some' : 'none', 'some'),
      ...busy.flatMap(({ before, after, rewards, at }, step) => {
        const grown = grownBy(before, after, actions[step] ?? [], at);
        // What was paid can only be told of a colony that has grown as it should.
        return after.x.length > 2 * before.x.length
          ? grown
          : [...grown, ...paidFor(before, after, rewards, settings, at)];
      }),
      ...idle.flatMap(({ before, after, rewards, at }) =>
        paidForNothing(before, after, rewards, settings, at),
      ),
    ];
  },
});
