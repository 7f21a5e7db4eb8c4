import { z } from 'zod';
import type { Environment, Optimum } from '../environment.ts';
import { at } from './row.ts';

/*
 * Five tasks after Andy Jones, "Debugging RL, Without the Agonizing Pain": each needs one part of a trainer more than
 * the one before, so that the first which is not solved says where the mistake is. The first three have one action,
 * which leaves the policy nothing to learn: they are about the value alone.
 */

export const probeSettings = [
  z.strictObject({ name: z.literal('probe-constant') }),
  z.strictObject({ name: z.literal('probe-observation') }),
  z.strictObject({ name: z.literal('probe-delay') }),
  z.strictObject({ name: z.literal('probe-action') }),
  z.strictObject({ name: z.literal('probe-both') }),
] as const;
export type ProbeName = z.output<(typeof probeSettings)[number]>['name'];

/** The probe of a name; `discount` tells the value of a reward that is a step away. */
export function probe(name: ProbeName, discount: number): Environment {
  return PROBES[name](discount);
}

const PROBES: Readonly<Record<ProbeName, (discount: number) => Environment>> = {
  'probe-constant': (discount) => ({
    ...oneStep,
    name: 'probe-constant',
    summary: 'one step, reward 1: can the value learn a constant?',
    actions: { kind: 'discrete', count: 1 },
    reset: (state) => state.fill(0),
    step: (_state, _action, rewards) => {
      rewards[0] = 1;
      return true;
    },
    optimum: always(discount, 'the value is 1', 0, () => 1),
  }),
  'probe-observation': (discount) => ({
    ...oneStep,
    name: 'probe-observation',
    summary: 'one step, the reward is the observation, ±1: does the value see what the agent sees?',
    actions: { kind: 'discrete', count: 1 },
    step: (state, _action, rewards) => {
      rewards[0] = at(state, 0);
      return true;
    },
    optimum: always(discount, 'the value is the observation', 0, (state) => at(state, 0)),
  }),
  'probe-delay': (discount) => ({
    ...oneStep,
    name: 'probe-delay',
    summary: 'two steps, reward 1 after the second: is the reward of tomorrow discounted, once?',
    actions: { kind: 'discrete', count: 1 },
    observations: ['steps taken'],
    reset: (state) => state.fill(0),
    step: (state, _action, rewards) => {
      const isLast = at(state, 0) === 1;
      rewards[0] = isLast ? 1 : 0;
      state[0] = 1;
      return isLast;
    },
    optimum: always(discount, 'the value is γ, then 1', 0, (state) => (at(state, 0) === 1 ? 1 : discount)),
  }),
  'probe-action': (discount) => ({
    ...oneStep,
    name: 'probe-action',
    summary: 'one step, reward −1 for action 0 and 1 for action 1: does the policy move towards reward?',
    actions: { kind: 'discrete', count: 2 },
    reset: (state) => state.fill(0),
    step: (_state, action, rewards) => {
      rewards[0] = action[0] === 1 ? 1 : -1;
      return true;
    },
    optimum: always(discount, 'action 1, of value 1', 1, () => 1),
  }),
  'probe-both': (discount) => ({
    ...oneStep,
    name: 'probe-both',
    summary:
      'one step, reward 1 if the action (0, 1) names the observation (−1, 1), else −1: do rows keep together?',
    actions: { kind: 'discrete', count: 2 },
    step: (state, action, rewards) => {
      rewards[0] = action[0] === named(state) ? 1 : -1;
      return true;
    },
    optimum: {
      discount,
      summary: 'the action that names the observation, of value 1',
      act: (state, action) => {
        action[0] = named(state);
      },
      value: () => 1,
    },
  }),
};

/** What probes share: an observation which is the state, −1 or 1 by a coin. */
const oneStep = {
  observations: ['sign'],
  rewards: ['reward'],
  stateSize: 1,
  timeLimit: Number.POSITIVE_INFINITY,
  reset: (state, random) => {
    state[0] = random.uniform() < 0.5 ? -1 : 1;
  },
  observe: (state, observation) => {
    observation[0] = at(state, 0);
  },
} satisfies Partial<Environment>;

function always(
  discount: number,
  summary: string,
  best: number,
  value: (state: Float32Array) => number,
): Optimum {
  const act = (_state: Float32Array, action: Float32Array): void => {
    action[0] = best;
  };
  return { discount, summary, act, value };
}

function named(state: Float32Array): number {
  return at(state, 0) === 1 ? 1 : 0;
}
