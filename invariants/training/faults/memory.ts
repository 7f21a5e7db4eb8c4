import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inNk } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** 512 KiB: twice the budget a step. */
const NATIVE_BYTES = 2 ** 19;

/** Keeps a copy of a tensor beyond its step, as a list that is only ever pushed to does. */
function hoard(tensor: tf.Tensor): void {
  tf.keep(tf.clone(tensor));
}

/** Five sources of tensors that outlive their step, and one of memory that no tensor count shows. */
export const memoryFaults: readonly Fault<Kit>[] = [
  {
    id: 'training/leak-shock-graph',
    summary: 'the shocks of every step are kept with the run',
    sign: 'tensors grow by one or more a step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      commit: (made, shocks) => {
        hoard(shocks);
        return nk.commit(made, shocks);
      },
    })),
  },
  {
    id: 'training/leak-history',
    summary: 'the loss of every step is kept as a tensor, for a plot',
    sign: 'tensors grow by one a step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      commit: (made, shocks) => {
        hoard(made.total);
        return nk.commit(made, shocks);
      },
    })),
  },
  {
    id: 'training/leak-statistics',
    summary: 'moments are replaced at every step, and the old ones are not disposed of',
    sign: 'tensors grow by two a step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      release: (spent) => {
        const moments = ['firstMoment', 'secondMoment'];
        nk.release(Object.fromEntries(Object.entries(spent).filter(([name]) => !moments.includes(name))));
      },
    })),
  },
  {
    id: 'training/leak-temporaries',
    summary: 'a step runs outside tidy: everything that it computes on the way stays',
    sign: 'tensors grow by dozens a step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'nk',
    inject: inNk(() => ({ scope: (body) => body() })),
  },
  {
    id: 'training/leak-rollout',
    summary: 'every state of the simulation is kept',
    sign: 'tensors grow by one an iteration',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      nextState: (kit, input) => {
        const state = nk.nextState(kit, input);
        hoard(state);
        return state;
      },
    })),
  },
  {
    id: 'training/leak-native',
    summary: 'a buffer outside the tensors is kept at every step',
    sign: 'the memory of the process grows while the number of tensors stays',
    killedBy: ['training/native-memory'],
    engines: 'all',
    inject: inNk((nk) => {
      const kept: Uint8Array[] = [];
      return {
        learningRate: (step, total, optimiser) => {
          // Written to, since a page that is never touched is never made.
          kept.push(new Uint8Array(NATIVE_BYTES).fill(1));
          return nk.learningRate(step, total, optimiser);
        },
      };
    }),
  },
];
