import * as tf from '@tensorflow/tfjs';
import type { Environment, PpoRunState } from '../../../src/models/ppo/index.ts';
import { noReturnMoments } from '../../../src/models/ppo/index.ts';
import { noMoments } from '../../../src/numerics/running-moments.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inPpo } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** What a checkpoint forgets, of a state that it had. */
function forgetting(
  forget: (state: PpoRunState, environment: Environment) => Partial<PpoRunState>,
): (kit: Kit) => Kit {
  return inPpo((ppo) => ({
    restoreState: (saved, configuration, environment) => {
      const state = ppo.restoreState(saved, configuration, environment);
      return { ...state, ...forget(state, environment) };
    },
  }));
}

/** Keeps a copy of a tensor beyond its step. */
function hoard(tensor: tf.Tensor): void {
  tf.keep(tf.clone(tensor));
}

/** Faults of the loop of PPO that laws on any trainer must see. */
export const ppoTrainingFaults: readonly Fault<Kit>[] = [
  {
    id: 'ppo/resume-incomplete-optimiser',
    summary: 'a checkpoint of an agent forgets the moments of Adam, which begin at zero after each resume',
    sign: 'the loss jumps at each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'ppo',
    inject: forgetting(({ moments: { firstMoment, secondMoment, step } }) => {
      const zeros = { firstMoment: tf.zerosLike(firstMoment), secondMoment: tf.zerosLike(secondMoment) };
      tf.dispose([firstMoment, secondMoment]);
      return { moments: { ...zeros, step } };
    }),
  },
  {
    id: 'ppo/resume-incomplete-environments',
    summary: 'a checkpoint forgets where environments stand, which begin again at each resume',
    sign: 'returns that jump at each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'ppo',
    inject: forgetting(({ environments }, { stateSize, reset }) => {
      const states = new Float32Array(environments.states.length);
      for (let from = 0; from < states.length; from += stateSize)
        reset(states.subarray(from, from + stateSize), streamOf('resumed').split(from));
      return { environments: { ...environments, states } };
    }),
  },
  {
    id: 'ppo/resume-incomplete-episodes',
    summary: 'a checkpoint forgets for how long episodes have run, which get their whole time again',
    sign: 'episodes longer than the limit after each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'ppo',
    inject: forgetting(({ environments }) => ({
      environments: { ...environments, elapsed: new Float32Array(environments.elapsed.length) },
    })),
  },
  {
    id: 'ppo/resume-incomplete-observations',
    summary: 'a checkpoint forgets the moments by which observations are normalised',
    sign: 'return falls at each resume, and comes back',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'ppo',
    inject: forgetting(({ observationMoments }) => ({
      observationMoments: noMoments(observationMoments.mean.length),
    })),
  },
  {
    id: 'ppo/resume-incomplete-returns',
    summary: 'a checkpoint forgets the moments of the returns, by which values are read',
    sign: 'the value loss jumps at each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'ppo',
    inject: forgetting(({ returnMoments }) => ({
      returnMoments: noReturnMoments(returnMoments.first.length),
    })),
  },
  {
    id: 'ppo/resume-incomplete-step',
    summary: 'a checkpoint forgets the step: rates and chance begin again at each resume',
    sign: 'the learning rate jumps back at each resume',
    killedBy: ['training/resume'],
    engines: 'all',
    model: 'ppo',
    inject: forgetting(() => ({ step: 0 })),
  },
  {
    id: 'ppo/seed-ignored',
    summary: 'actions are drawn from a generator outside the seed',
    sign: '',
    killedBy: ['training/seed'],
    engines: 'host',
    model: 'ppo',
    inject: inPpo((ppo) => ({
      sampleAction: (kind, policy, random) =>
        ppo.sampleAction(kind, policy, {
          ...random,
          uniform: Math.random,
          normal: () => 2 * Math.random() - 1,
        }),
    })),
  },
  {
    id: 'ppo/scheduler-lost',
    summary: 'the rate of PPO is a literal, and is annealed by nothing',
    sign: 'a constant rate in the log',
    killedBy: ['training/keys-read'],
    engines: 'host',
    model: 'ppo',
    inject: inPpo(() => ({ learningRate: () => 2.5e-4 })),
  },
  {
    id: 'ppo/catch-and-continue',
    summary: 'the loop catches what an update throws, and tries it again',
    sign: 'updates that are missing from the log',
    killedBy: ['training/failure'],
    engines: 'all',
    model: 'ppo',
    inject: inPpo(() => ({ onFailure: () => undefined })),
  },
  {
    id: 'ppo/leak-gradient',
    summary: 'the gradient of every step is kept, for its norm',
    sign: 'tensors grow by one a gradient step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'ppo',
    inject: inPpo((ppo) => ({
      commit: (made) => {
        hoard(made.gradient);
        return ppo.commit(made);
      },
    })),
  },
  {
    id: 'ppo/leak-weights',
    summary: 'weights are replaced at every step, and the old ones are not disposed of',
    sign: 'tensors grow by one a gradient step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'ppo',
    inject: inPpo((ppo) => ({
      release: (spent) => {
        ppo.release(Object.fromEntries(Object.entries(spent).filter(([name]) => name !== 'weights')));
      },
    })),
  },
  {
    id: 'ppo/leak-temporaries',
    summary: 'a gradient step runs outside tidy: everything that it computes on the way stays',
    sign: 'tensors grow by dozens a gradient step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'ppo',
    inject: inPpo(() => ({ scope: (body) => body() })),
  },
  {
    id: 'ppo/moments-restarted',
    summary:
      'an optimiser is made anew for every update, to change its rate: its moments are those of one gradient',
    sign: 'steps of one size, whatever the gradient',
    killedBy: ['training/optimiser-moments'],
    engines: 'all',
    model: 'ppo',
    inject: inPpo((ppo) => ({
      updateWeights: (update, settings) => {
        const { firstMoment, secondMoment, step } = update.moments;
        const moments = {
          firstMoment: tf.zerosLike(firstMoment),
          secondMoment: tf.zerosLike(secondMoment),
          step,
        };
        return ppo.updateWeights({ ...update, moments }, settings);
      },
    })),
  },
];
