import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { configuration, number, seed } from './fields.ts';

/*
 * Environments. A state of `durotaxis` is a row: how many nodes N, slope and intercept of the substrate, steps in a row to
 * the left, then x and y of each node of the chain, and zeros. Its action is the share of the nodes that is deleted, γ_h,
 * α_h, the deviation of the noise, and the angle. Its rewards are those for deleting, spawning, distance and termination,
 * then for milestones if they are configured.
 */

export const ppoEpisode = operation({
  name: 'ppo.episode',
  summary:
    'an episode in which these actions (S, a) are taken in turn, up to the one that ends the task: K ≤ S steps, the states before, between and after them, and their potentials',
  input: z.object({
    environment: configuration,
    discount: number,
    /** Weight of potential-based shaping, which is then the last component of the reward. */
    shaping: number,
    actions: tensor,
    seed,
  }),
  output: z.object({
    /** (K + 1, …). */
    states: tensor,
    /** (K + 1); zeros where the environment has no potential. */
    potentials: tensor,
    /** (K, C). */
    rewards: tensor,
    /** (K) bool. */
    terminated: tensor,
  }),
});
