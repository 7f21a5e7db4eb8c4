import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inNk } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of training loops that do not depend on the model: gradients, dtypes, seeds, configuration. */
export const trainingFaults: readonly Fault<Kit>[] = [
  {
    id: 'training/gradient-through-shocks',
    summary: 'shocks, state and sampled parameters carry gradient into the loss',
    sign: '',
    killedBy: ['training/constants'],
    engines: 'all',
    model: 'nk',
    inject: inNk(() => ({ constant: (x) => x })),
  },
  {
    id: 'training/int-concat',
    summary: 'an int32 state comes first in a concat with float32 parameters, and the result is int32',
    sign: 'a constant metric: every input is truncated',
    killedBy: ['training/dtypes', 'nk/network'],
    // libtensorflow refuses tensors of two dtypes.
    engines: ['wasm', 'cpu', 'webgpu'],
    model: 'nk',
    inject: inNk((nk) => ({
      networkInputs: (zeta, parameters) => {
        const inputs = nk.networkInputs(zeta, parameters);
        const [rows, columns] = inputs.shape;
        const state = tf.slice2d(inputs, [0, 0], [rows, 1]);
        const rest = tf.slice2d(inputs, [0, 1], [rows, columns - 1]);
        return tf.concat2d([tf.cast(state, 'int32'), rest], 1);
      },
    })),
  },
  {
    id: 'training/where-mixed-dtype',
    summary:
      'a where chooses between float32 values and an int32 zero; on wasm the integers come back as raw bits',
    sign: '',
    killedBy: ['training/dtypes'],
    // libtensorflow refuses tensors of two dtypes.
    engines: ['wasm', 'cpu', 'webgpu'],
    model: 'nk',
    inject: inNk((nk) => ({
      activation: {
        ...nk.activation,
        apply: (x) => tf.where(tf.greater(x, -30), nk.activation.apply(x), tf.fill(x.shape, -1, 'int32')),
      },
    })),
  },
  {
    id: 'training/int-mean',
    summary: 'a mean is taken as an integer sum over an integer count, and the division floors',
    sign: 'a loss that is a whole number',
    killedBy: ['training/dtypes', 'nk/equation-weights'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      combine: (residuals, settings) => {
        const loss = nk.combine(residuals, settings);
        const floored = (part: tf.Scalar): tf.Scalar =>
          tf.cast(tf.cast(tf.div(tf.cast(part, 'int32'), tf.scalar(1, 'int32')), 'int32'), 'float32');
        return { ...loss, is: floored(loss.is), phillips: floored(loss.phillips) };
      },
    })),
  },
  {
    id: 'training/seed-ignored',
    summary: 'initial weights come from a generator outside the seed',
    sign: '',
    killedBy: ['training/seed'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      initialWeights: (stream, network) =>
        nk.initialWeights(stream, network).map((weight) => weight * (0.5 + Math.random())),
    })),
  },
  {
    id: 'training/config-not-read',
    summary: 'the learning rate is a literal; the keys that configure it are parsed and never used',
    sign: 'a configured key has no effect',
    killedBy: ['training/keys-read'],
    engines: 'host',
    model: 'nk',
    inject: inNk(() => ({ learningRate: () => 1e-3 })),
  },
  {
    id: 'training/config-mistyped',
    summary: 'values are coerced to numbers and unknown keys dropped',
    sign: 'a run that ignores what it was told',
    killedBy: ['training/refuses-bad-keys'],
    engines: 'host',
    inject: (kit) => ({
      ...kit,
      parseNk: (overlay) => {
        try {
          return kit.parseNk(overlay);
        } catch {
          return kit.parseNk({});
        }
      },
      parseBewley: (overlay) => {
        try {
          return kit.parseBewley(overlay);
        } catch {
          return kit.parseBewley({});
        }
      },
      parsePpo: (overlay) => {
        try {
          return kit.parsePpo(overlay);
        } catch {
          return kit.parsePpo({});
        }
      },
    }),
  },
];
