import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inBewley } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults that show only where a run ends up. */
export const bewleyTrainedFaults: readonly Fault<Kit>[] = [
  {
    id: 'bewley/hoarders',
    summary:
      'residuals are not weighted by wealth, no world is drawn afresh, the network sees no logarithms, and training begins with agents who save half of what they have: in the end a few own all wealth',
    sign: 'the richest 5 % own more than 0.6, at a loss of 1e-4',
    killedBy: ['bewley/trained-capital'],
    nightly: true,
    engines: ['wasm', 'tensorflow'],
    inject: inBewley((bewley) => ({
      // Wealth and ability alone.
      features: (inputs, settings) => tf.mul(bewley.features(inputs, settings), [[[1, 1, 0, 0]]]),
      wealthWeights: (wealth) => tf.onesLike(wealth),
      redrawShare: () => 0,
      initialOutputs: () => [0, 0, 0],
    })),
  },
];
