import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { gradient, number } from './fields.ts';

/*
 * Losses of an actor and a critic. m samples, A actions or numbers of an action, C components of the reward, each with a
 * value head. A policy is logits (m, A), or means (m, A) with log deviations (A); actions are one-hot rows, or raw Gaussian
 * samples before any squashing.
 */

const valueSettings = z.object({
  clip: z.enum(['none', 'absolute', 'relative', 'scale']),
  loss: z.enum(['squared', 'huber']),
  huberDelta: number,
});

const policy = z.object({
  policy: tensor,
  /** Of a Gaussian policy. */
  logDeviation: tensor.nullable(),
});

export const ppoSurrogate = operation({
  name: 'ppo.surrogate',
  summary:
    'the clipped surrogate loss −mean min(ρA, clip(ρ, 1 ± clip) A), its gradient (m) in log ρ, and what is told of ρ: the largest |ρ − 1|, k1 = mean −log ρ, k3 = mean (ρ − 1 − log ρ), and the share with |ρ − 1| > clip',
  input: z.object({ logRatio: tensor, advantages: tensor, clip: number }),
  output: z.object({
    loss: number,
    gradient,
    deviation: number,
    k1: number,
    k3: number,
    clipped: number,
  }),
});

export const ppoDistribution = operation({
  name: 'ppo.distribution',
  summary:
    'log probabilities (m) of actions under a new and an old policy, the mean entropy of the new one, and the mean divergence D(old ‖ new)',
  input: z.object({ now: policy, old: policy, actions: tensor }),
  output: z.object({
    logProbabilities: tensor,
    oldLogProbabilities: tensor,
    entropy: number,
    divergence: number,
  }),
});

export const ppoValueLoss = operation({
  name: 'ppo.valueLoss',
  summary:
    'the value loss of each head (C), a mean over the samples: ½(V − R)² or Huber’s, with clipping the larger of it and of the same at V_old + clip(V − V_old, ± range); the share of samples that clipping leaves without a gradient (C); and the gradient (m, C) of the sum over heads in V',
  input: z.object({
    predictions: tensor,
    old: tensor,
    targets: tensor,
    ranges: tensor,
    settings: valueSettings,
  }),
  output: z.object({ perHead: tensor, clipped: tensor, gradient }),
});

export const ppoValueLossRefusal = operation({
  name: 'ppo.valueLossRefusal',
  summary:
    'whether the value loss refuses predictions and targets of different shapes; the message of the refusal, or empty',
  input: z.object({ predictions: tensor, targets: tensor, settings: valueSettings }),
  output: z.object({ refused: z.boolean(), message: z.string() }),
});

export const ppoLoss = operation({
  name: 'ppo.loss',
  summary:
    'the whole loss −mean min(ρA, clip(ρ) A) − βH + c_v Σ w L of a minibatch, its parts without weights, and its gradient in what the networks say',
  input: z.object({
    outputs: policy.extend({ values: tensor }),
    actions: tensor,
    logProbabilities: tensor,
    advantages: tensor,
    old: tensor,
    targets: tensor,
    ranges: tensor,
    settings: z.object({
      /** ε. */
      clip: number,
      /** β. */
      entropy: number,
      /** c_v. */
      valueWeight: number,
      value: valueSettings,
    }),
    /** w, (C). */
    rewardWeights: z.array(number),
  }),
  output: z.object({
    total: number,
    policy: number,
    entropy: number,
    perHead: tensor,
    gradientPolicy: gradient,
    gradientLogDeviation: gradient,
    gradientValues: gradient,
  }),
});
