import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inNormaliser } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults in what a normaliser remembers: weights, variances, counts, dtypes. */
export const statisticsFaults: readonly Fault<Kit>[] = [
  {
    id: 'normaliser/freezes',
    summary: 'counts accumulate: each batch weighs 1/count, and in the end nothing',
    sign: 'the raw mean moves, and the normalised mean with it',
    killedBy: ['normaliser/adapts', 'normaliser/update-weight', 'normaliser/recursion'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      blend: (past, batch) => normaliser.blend(past, batch, past.count / (past.count + 1)),
    })),
  },
  {
    id: 'normaliser/variance-scaled',
    summary: 'the variance is a sum of squares that goes on growing, over a count that is capped',
    sign: 'normalised deviations of 2.0, 0.56 or 0.14',
    repair: true,
    killedBy: ['normaliser/stationary', 'normaliser/recursion'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      blend: (past, batch, momentum) => {
        const cap = 1 / (1 - momentum);
        const squares = tf.mul(past.variance, Math.min(past.count, cap));
        return {
          ...normaliser.blend(past, batch, momentum),
          variance: tf.div(tf.add(squares, batch.variance), Math.min(past.count + 1, cap)),
        };
      },
    })),
  },
  {
    id: 'normaliser/between-batch-variance',
    summary: 'the variance averages what is within batches, and leaves out that their means move',
    sign: 'normalised deviation above 1 for what is equal within a batch',
    repair: true,
    killedBy: ['normaliser/pooled-deviation', 'normaliser/recursion'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      blend: (past, batch, momentum) => ({
        ...normaliser.blend(past, batch, momentum),
        variance: normaliser.blend({ ...past, mean: batch.mean }, batch, momentum).variance,
      }),
    })),
  },
  {
    id: 'normaliser/cancellation',
    summary: 'the variance of a batch is E[x²] − mean², in single precision',
    sign: '',
    killedBy: ['normaliser/cancellation'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      batchMoments: (batch, scope) => {
        const { mean } = normaliser.batchMoments(batch, scope);
        const { mean: ofSquares } = normaliser.batchMoments(tf.square(batch), scope);
        return { mean, variance: tf.sub(ofSquares, tf.square(mean)) };
      },
    })),
  },
  {
    id: 'normaliser/mean-of-one-sum',
    summary: 'the mean of a large batch is one sum in single precision, term by term, over its size',
    sign: 'a feature that is equal for all agents has a deviation',
    killedBy: ['normaliser/constant-batch'],
    // The others add up in double precision, or in a tree.
    engines: ['wasm', 'tensorflow'],
    inject: inNormaliser(() => ({
      batchMoments: (batch, scope) => {
        const samples = batch.shape.map((_, axis) => axis).slice(0, scope === 'global' ? -1 : -2);
        const mean = tf.mean(batch, samples);
        return { mean, variance: tf.mean(tf.square(tf.sub(batch, mean)), samples) };
      },
    })),
  },
  {
    id: 'normaliser/count-saturates',
    summary: 'the count is held in single precision, and stops at 2²⁴',
    sign: '',
    killedBy: ['normaliser/update-weight'],
    engines: 'host',
    inject: inNormaliser((normaliser) => ({
      blend: (past, batch, momentum) => ({
        ...normaliser.blend(past, batch, momentum),
        count: Math.fround(Math.fround(past.count) + 1),
      }),
    })),
  },
  {
    id: 'normaliser/integer-statistics',
    summary: 'the running mean is a buffer of integers, and every update is truncated on its way in',
    sign: '',
    killedBy: ['normaliser/dtype'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      updateStatistics: (kit, past, batch, settings) => {
        const statistics = normaliser.updateStatistics(kit, past, batch, settings);
        return { ...statistics, mean: tf.cast(statistics.mean, 'int32') };
      },
    })),
  },
  {
    id: 'normaliser/statistics-kept',
    summary: 'the statistics of every batch are kept',
    sign: 'tensors grow by one a batch',
    killedBy: ['normaliser/tensors'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      blend: (past, batch, momentum) => {
        tf.keep(tf.clone(past.mean));
        return normaliser.blend(past, batch, momentum);
      },
    })),
  },
];
