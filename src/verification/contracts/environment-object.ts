import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { configuration, handle, number, seed } from './fields.ts';

/*
 * An environment as an object that the subject keeps: whoever has these needs no `ppo.episode`, which is asked by way of
 * them. States are those of that operation; potentials are 0 where the environment has none.
 */

export const environmentCreate = operation({
  name: 'environment.create',
  summary: 'an environment at the start of an episode, with its state and potential there',
  input: z.object({
    environment: configuration,
    discount: number,
    /** Weight of potential-based shaping, which is then the last component of the reward. */
    shaping: number,
    seed,
  }),
  output: z.object({ object: handle, state: tensor, potential: number }),
});

export const environmentStep = operation({
  name: 'environment.step',
  summary:
    'one action (a): the state and the potential after it, the rewards (C), and whether it ended the task',
  input: z.object({ object: handle, action: tensor }),
  output: z.object({ state: tensor, potential: number, rewards: tensor, terminated: z.boolean() }),
});
