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
];
