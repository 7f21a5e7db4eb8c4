import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inPpo } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of the policy: what is stored of its actions, and its loss. */
export const ppoPolicyFaults: readonly Fault<Kit>[] = [
  {
    id: 'ppo/logprob-mismatch',
    summary: 'the log probability that is stored with an action is that of another draw',
    sign: 'KL and clip fraction far from 0 in the first minibatch',
    killedBy: ['ppo/equal-parameters'],
    engines: 'all',
    inject: inPpo((ppo) => ({
      sampleAction: (kind, policy, random) => {
        const { logProbability } = ppo.sampleAction(kind, policy, random);
        return { ...ppo.sampleAction(kind, policy, random), logProbability };
      },
    })),
  },
  {
    id: 'ppo/clip-missing',
    summary: 'the surrogate is not clipped',
    sign: 'clip fraction and KL grow from epoch to epoch',
    killedBy: ['ppo/policy-loss'],
    engines: 'all',
    inject: inPpo(() => ({
      policyLoss: ({ logRatio, advantages }) => tf.neg(tf.mean(tf.mul(tf.exp(logRatio), advantages))),
    })),
  },
  {
    id: 'ppo/kl-clamped',
    summary: 'the divergence is told as the mean of −log ρ, each held at 0 from below',
    sign: 'KL forty times that of the closed form',
    killedBy: ['ppo/divergence'],
    engines: 'all',
    inject: inPpo((ppo) => ({
      ratioStatistics: (logRatio, clip) => ({
        ...ppo.ratioStatistics(logRatio, clip),
        k3: tf.mean(tf.relu(tf.neg(logRatio))),
      }),
    })),
  },
  {
    id: 'ppo/entropy-absent',
    summary: 'the entropy bonus is configured, and no part of the loss',
    sign: 'an entropy term of exactly 0',
    killedBy: ['ppo/entropy-bonus'],
    engines: 'all',
    inject: inPpo(() => ({ withEntropy: (policy) => tf.clone(policy) })),
  },
  {
    id: 'ppo/entropy-twice',
    summary: 'the entropy bonus is in the loss twice',
    sign: '',
    killedBy: ['ppo/entropy-bonus'],
    engines: 'all',
    inject: inPpo((ppo) => ({
      withEntropy: (policy, entropy, weight) =>
        ppo.withEntropy(ppo.withEntropy(policy, entropy, weight), entropy, weight),
    })),
  },
  {
    id: 'ppo/entropy-sign',
    summary: 'entropy is added to the loss: a penalty',
    sign: 'entropy falls to 0 in a few updates',
    killedBy: ['ppo/entropy-bonus'],
    engines: 'all',
    inject: inPpo((ppo) => ({
      withEntropy: (policy, entropy, weight) => ppo.withEntropy(policy, entropy, -weight),
    })),
  },
];
