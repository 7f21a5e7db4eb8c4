import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inBewley } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Share of the units that dropout silences. */
const DROPOUT = 0.1;

/** Faults of the policy network of the Bewley economy: what agents are told, and what a look at the policy leaves behind. */
export const bewleyNetworkFaults: readonly Fault<Kit>[] = [
  {
    id: 'bewley/agent-order',
    summary: 'agents count for their world by their numbers: the policy depends on who is called what',
    sign: '',
    killedBy: ['bewley/agent-order', 'bewley/network'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      crossSection: (kit, { own, normalised }, settings, embedding) => {
        const [worlds, agents] = normalised.shape;
        const numbers = tf.range(1, agents + 1);
        const ramp = tf.reshape(tf.div(numbers, tf.mean(numbers)), [1, agents, 1]);
        const byNumber = <T extends tf.Tensor>(x: T): T => {
          const rows = tf.reshape(x, [worlds, agents, x.size / (worlds * agents)]);
          return tf.reshape(tf.mul(rows, ramp), x.shape) as T;
        };
        const observed = { own: byNumber(own), normalised: byNumber(normalised) };
        return bewley.crossSection(kit, observed, settings, embedding);
      },
    })),
  },
  {
    id: 'bewley/split-layer-dropped',
    summary: 'the first layer is split, and what agents are told of their world is not added',
    sign: 'policies that do not see prices coming',
    killedBy: ['bewley/network'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      firstLayer: ({ own, told }, weights, size) =>
        bewley.firstLayer({ own, told: tf.zerosLike(told) }, weights, size),
    })),
  },
  {
    id: 'bewley/split-layer-twice',
    summary: 'the first layer is split, and what agents are told of their world is added twice',
    sign: '',
    killedBy: ['bewley/network'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      firstLayer: ({ own, told }, weights, size) =>
        bewley.firstLayer({ own, told: tf.mul(told, 2) }, weights, size),
    })),
  },
  {
    id: 'bewley/split-layer-of-another-world',
    summary: 'the first layer is split, and agents are told of another world',
    sign: '',
    killedBy: ['bewley/network'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      firstLayer: ({ own, told }, weights, size) =>
        bewley.firstLayer({ own, told: tf.reverse(told, 0) }, weights, size),
    })),
  },
  {
    id: 'bewley/dropout-in-residual',
    summary: 'the network drops units while residuals are taken: other ones today than under either draw',
    sign: 'a floor of noise under the loss',
    killedBy: ['bewley/residual-determinism'],
    engines: 'all',
    inject: inBewley((bewley) => {
      let masks = 0;
      return {
        firstLayer: (...args) =>
          // A seed a mask, so that the fault is the same in every gate.
          tf.dropout(bewley.firstLayer(...args), DROPOUT, undefined, (masks += 1)) as tf.Tensor2D,
      };
    }),
  },
  {
    id: 'bewley/eval-sticky',
    summary:
      'a look at the policy puts it into evaluation mode, and nothing takes it out: statistics stand still',
    sign: 'raw means move, normalised means move with them',
    killedBy: ['bewley/evaluation-mode'],
    engines: 'all',
    inject: inBewley((bewley) => {
      let evaluating = false;
      return {
        initialWeights: (...args) => {
          evaluating = false;
          return bewley.initialWeights(...args);
        },
        heldOutLoss: (...args) => {
          evaluating = true;
          return bewley.heldOutLoss(...args);
        },
        normaliser: {
          ...bewley.normaliser,
          updateStatistics: (kit, past, batch, settings) =>
            evaluating && past !== undefined
              ? { count: past.count, mean: tf.clone(past.mean), variance: tf.clone(past.variance) }
              : bewley.normaliser.updateStatistics(kit, past, batch, settings),
        },
      };
    }),
  },
];
