import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inPpo } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of the critic: its loss, its targets, and what is told of it. */
export const ppoValueFaults: readonly Fault<Kit>[] = [
  {
    id: 'ppo/batch-collapse',
    summary: 'the samples of a minibatch are merged into one prediction, and the others are 0',
    sign: 'value loss over the mean square of the targets is 1.00, whatever the critic does',
    killedBy: ['ppo/value-loss'],
    engines: 'all',
    inject: inPpo((ppo) => ({
      valueLoss: ({ predictions, ...given }, settings) => {
        const others = predictions.shape[0] - 1;
        const merged = tf.pad2d(tf.mean(predictions, 0, true), [
          [0, others],
          [0, 0],
        ]);
        return ppo.valueLoss({ predictions: merged, ...given }, settings);
      },
    })),
  },
];
