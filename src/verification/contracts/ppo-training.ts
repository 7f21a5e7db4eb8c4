import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { configuration, number, seed } from './fields.ts';

/*
 * An actor and a critic in training. O numbers of an observation, A actions or numbers of an action, C components of the
 * reward; n = T·E samples of a rollout, time first; P weights, flat, rows of matrices after one another, in this order:
 *
 *     separate networks: hidden layers of the policy (W, b each), its head (W, b), log deviations (A) of a Gaussian policy,
 *                        hidden layers of the value, its head
 *     shared layers:     hidden layers, head of the policy, log deviations, head of the value
 *
 * Hidden layers are tanh; heads are affine.
 */

/** A task of a law's own making: S states, of which the agent sees rows of numbers; an episode begins in any of them. */
const table = z.object({
  /** (S, O). */
  observations: tensor,
  /** (S, A) int32: the state after an action, or −1 where the task ends. */
  next: tensor,
  /** (S, A, C). */
  rewards: tensor,
  timeLimit: z.int().positive().nullable(),
});

const rollout = z.object({
  /** (n, O), as the networks were fed. */
  observations: tensor,
  /** (n, A): one-hot rows or raw Gaussian samples; and what the environment was given. */
  actions: tensor,
  executed: tensor,
  /** (n): as they are stored with the samples. */
  logProbabilities: tensor,
  /** (n, C): V of the observation, and of what came after it, before any reset. */
  values: tensor,
  nextValues: tensor,
  rewards: tensor,
  /** (T, E) bool. */
  terminated: tensor,
  truncated: tensor,
});

const gradientStep = z.object({
  epoch: number,
  /** Which samples: (m) int32. */
  rows: tensor,
  /** Largest |ρ − 1|, k1, k3, share of ρ beyond the clip, and the exact divergence from the old policy. */
  ratioDeviation: number,
  k1: number,
  k3: number,
  clipFraction: number,
  divergence: number,
});

export const ppoTraining = operation({
  name: 'ppo.training',
  summary:
    'the first updates of a training run from given weights (P), on the configured environment or on a table: what happened in each, its gradient steps, and its row of the log',
  input: z.object({
    configuration,
    table: table.nullable(),
    weights: tensor,
    seed,
    updates: z.int().positive(),
  }),
  output: z.object({
    updates: z.array(z.object({ rollout, steps: z.array(gradientStep), log: z.record(z.string(), number) })),
  }),
});

export const ppoRescale = operation({
  name: 'ppo.rescale',
  summary:
    'what value heads say of observations (m, O) before and after the units of their predictions change, (m, C) each, in the units of before and of after: predictions times deviation plus mean are returns',
  input: z.object({
    network: z.object({
      actions: z.int().positive(),
      kind: z.enum(['discrete', 'continuous']),
      rewards: z.int().positive(),
      hidden: z.array(z.int().positive()),
      shared: z.boolean(),
    }),
    weights: tensor,
    observations: tensor,
    /** (C) each. */
    before: z.object({ mean: tensor, deviation: tensor }),
    after: z.object({ mean: tensor, deviation: tensor }),
  }),
  output: z.object({ before: tensor, after: tensor }),
});
