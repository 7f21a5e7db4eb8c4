import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inBewley } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** 512 KiB: twice the budget a step. */
const NATIVE_BYTES = 2 ** 19;

/** Keeps a copy of a tensor beyond its step, as a list that is only ever pushed to does. */
function hoard(tensor: tf.Tensor): void {
  tf.keep(tf.clone(tensor));
}

/** Tensors, and other memory, that outlive a step of the Bewley trainer. */
export const bewleyMemoryFaults: readonly Fault<Kit>[] = [
  {
    id: 'bewley/leak-shock-graph',
    summary: 'the draws of both branches of every step are kept with the run',
    sign: 'tensors grow by two or more a step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley((bewley) => ({
      lookAhead: (kit, today, draws, policy, terms) => {
        hoard(draws.a.ability);
        hoard(draws.b.ability);
        return bewley.lookAhead(kit, today, draws, policy, terms);
      },
    })),
  },
  {
    id: 'bewley/leak-history',
    summary: 'the loss of every step of the Bewley trainer is kept as a tensor, for a plot',
    sign: 'tensors grow by one a step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley((bewley) => ({
      keep: (made) => {
        const { total } = made;
        if (total !== undefined) hoard(total);
        return bewley.keep(made);
      },
    })),
  },
  {
    id: 'bewley/leak-statistics',
    summary: 'statistics of the normaliser are replaced at every step, and the old ones are not disposed of',
    sign: 'tensors grow by two a step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley(() => ({ releaseStatistics: () => undefined })),
  },
  {
    id: 'bewley/leak-temporaries',
    summary: 'a step of the Bewley trainer runs outside tidy: what it computes on the way stays',
    sign: 'tensors grow by dozens a step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley(() => ({ scope: (body) => body() })),
  },
  {
    id: 'bewley/leak-rollout',
    summary: 'every state that could be committed is kept',
    sign: 'tensors grow by two or more a step',
    killedBy: ['training/tensors'],
    engines: 'all',
    model: 'bewley',
    inject: inBewley((bewley) => ({
      commit: (kit, today, chosen) => {
        const state = bewley.commit(kit, today, chosen);
        hoard(state.wealth);
        return state;
      },
    })),
  },
  {
    id: 'bewley/leak-native',
    summary: 'a buffer outside the tensors is kept at every step of the Bewley trainer',
    sign: 'the memory of the process grows while the number of tensors stays',
    killedBy: ['bewley/native-memory'],
    engines: 'all',
    inject: inBewley((bewley) => {
      const kept: Uint8Array[] = [];
      return {
        learningRate: (step, total, optimiser) => {
          // Written to, since a page that is never touched is never made.
          kept.push(new Uint8Array(NATIVE_BYTES).fill(1));
          return bewley.learningRate(step, total, optimiser);
        },
      };
    }),
  },
];
