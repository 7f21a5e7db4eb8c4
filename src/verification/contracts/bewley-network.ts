import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { configuration, number } from './fields.ts';

/*
 * The policy network of the Bewley economy, and the gradient of its training loss. B worlds of A agents; P weights, flat,
 * rows of matrices after one another, in this order:
 *
 *     of deep-sets alone: its features, W (5, E) and b (E)
 *     first layer: W (5, H) and b (H) of what agents are, V (told, H) of what they are told of their world
 *     each block: W (H, H) and b (H), modulation (5, 2H), whose first H columns are gains
 *     head: W (H, D) and b (D); outputs: W (D, 3) and b (3)
 *
 * Settings are laid over a small configuration of the subject's own.
 */

const policy = z.object({
  configuration,
  weights: tensor,
  /** Of a, e, log(a + ā/50) and log e: (4) each, or (A, 4) per agent. */
  statistics: z.object({ mean: tensor, variance: tensor }),
  /** (B, A) each. */
  state: z.object({ wealth: tensor, ability: tensor, star: tensor }),
});

const draw = z.object({ ability: tensor, star: tensor });

export const bewleyPolicy = operation({
  name: 'bewley.policy',
  summary: 'what the agents of a state choose under a policy network, (B, A) each',
  input: policy,
  output: z.object({ savingsRatio: tensor, marginalReturn: tensor, labor: tensor }),
});

export const bewleyGradient = operation({
  name: 'bewley.gradient',
  summary:
    'training loss on given worlds and draws, its parts without weights, and its gradient (P) as the optimiser gets it',
  input: policy.extend({ a: draw, b: draw }),
  output: z.object({ loss: number, complementarity: number, euler: number, labor: number, gradient: tensor }),
});
