import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { number } from './fields.ts';

/*
 * From what happened to what is learnt. T steps of E environments, time first; C components of the reward; n = T·E samples.
 * Flags are (T, E) bool: where the task ended (terminated), and where time ran out (truncated).
 */

const flags = { terminated: tensor, truncated: tensor };
const discounting = { discount: number, lambda: number };

export const ppoAdvantages = operation({
  name: 'ppo.advantages',
  summary:
    'generalised advantages of each component, and returns A + V: (T, E, C) each, from rewards, V of what was seen and V of what came after it, before any reset',
  input: z.object({ rewards: tensor, values: tensor, nextValues: tensor, ...flags, ...discounting }),
  output: z.object({ advantages: tensor, returns: tensor }),
});

export const ppoExperience = operation({
  name: 'ppo.experience',
  summary:
    'what updates learn from, one after the other, with running moments carried from each to the next; values are what value heads said, in the units of the loss before the update',
  input: z.object({
    ...discounting,
    /** Whether advantages are standardised over all samples of an update. */
    standardise: z.boolean(),
    returns: z.object({
      normalisation: z.enum(['none', 'running', 'popart']),
      /** Rewards over the running deviation of the discounted return are within ± this. */
      clip: number,
      /** Of the moments of the returns: m ← d·m + (1 − d)·(that of the update), over the weight 1 − dᵏ. */
      decay: number,
    }),
    value: z.object({ clip: z.enum(['none', 'absolute', 'relative', 'scale']), clipRange: number }),
    /** w, (C). */
    rewardWeights: z.array(number),
    rollouts: z.array(z.object({ rewards: tensor, values: tensor, nextValues: tensor, ...flags })),
  }),
  output: z.object({
    updates: z.array(
      z.object({
        /** (n), of Σ wA, standardised if asked for. */
        advantages: tensor,
        /** (n, C), in the units of the reward that is learnt from. */
        returns: tensor,
        /** (n, C) each, in the units of the loss: predictions times `deviation` plus `mean` are returns. */
        targets: tensor,
        values: tensor,
        ranges: tensor,
        /** (C) each. */
        mean: tensor,
        deviation: tensor,
      }),
    ),
  }),
});

export const ppoExplainedVariance = operation({
  name: 'ppo.explainedVariance',
  summary: 'share of the variance of returns (n, C) that values (n, C) explain, head by head: (C)',
  input: z.object({ values: tensor, returns: tensor }),
  output: z.object({ explained: tensor }),
});

export const ppoShapedRewards = operation({
  name: 'ppo.shapedRewards',
  summary:
    'rewards (n) as they are learnt from with potential-based shaping of this weight, all components together; potentials (n) before and after a step',
  input: z.object({
    rewards: tensor,
    before: tensor,
    after: tensor,
    terminated: tensor,
    discount: number,
    weight: number,
  }),
  output: z.object({ rewards: tensor }),
});
