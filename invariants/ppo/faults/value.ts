import * as tf from '@tensorflow/tfjs';
import { columnMoments } from '../../../src/numerics/running-moments.ts';
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
  {
    id: 'ppo/value-clip-absolute',
    summary: 'predictions are held within a fixed range, whatever the scale of the returns',
    sign: 'nearly all samples are without a value gradient',
    killedBy: ['ppo/value-scale'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      clipRanges: (old, deviation, settings) =>
        ppo.clipRanges(old, deviation, { ...settings, clip: 'absolute' }),
    })),
  },
  {
    id: 'ppo/value-clip-relative-at-zero',
    summary:
      'predictions are held within a share of the old one: nothing where it is 0, anything where it is large',
    sign: 'nearly all samples are without a value gradient',
    repair: true,
    killedBy: ['ppo/value-scale'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      clipRanges: (old, deviation, settings) =>
        ppo.clipRanges(old, deviation, { ...settings, clip: 'relative' }),
    })),
  },
  {
    id: 'ppo/returns-batch-z',
    summary: 'targets are ten times the z-score of the returns in their batch, and are taken for returns',
    sign: 'values that fall where returns rise',
    repair: true,
    killedBy: ['ppo/target-moments'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      valueTargets: (kit, returns, past, settings) => {
        const made = ppo.valueTargets(kit, returns, past, settings);
        const components = made.deviation.length;
        const targets = returns.map((target, at) => {
          const { mean, variance } = columnMoments(returns, at % components, components);
          return (10 * (target - mean)) / (Math.sqrt(variance) + 1e-8);
        });
        const units = { mean: made.deviation.map(() => 0), deviation: made.deviation.map(() => 1) };
        return { ...made, targets, units, deviation: made.deviation.map(() => 10) };
      },
      unitsOf: (moments) => ppo.unitsOf(moments, { normalisation: 'none' }),
    })),
  },
  {
    id: 'ppo/returns-unnormalised',
    summary: 'returns and rewards are learnt from as they are, whatever normalisation is configured',
    sign: 'mean and deviation of the targets are those of the returns',
    killedBy: ['ppo/target-moments', 'ppo/reward-scale'],
    engines: 'host',
    inject: inPpo((ppo) => ({
      unitsOf: (moments) => ppo.unitsOf(moments, { normalisation: 'none' }),
      scaleRewards: (scale, rewards) => ({ rewards, scale }),
    })),
  },
  {
    id: 'ppo/normalisation-never-called',
    summary: 'the moments by which targets are normalised are never told of a return',
    sign: 'the scale of the returns is 0 and 1 in every row',
    repair: true,
    killedBy: ['ppo/target-moments'],
    engines: 'host',
    inject: inPpo(() => ({ addReturns: (past) => past })),
  },
  {
    id: 'ppo/popart-head-kept',
    summary: 'the moments of the targets change, and the last layer stays as it was',
    sign: 'explained variance falls with every change of the moments',
    killedBy: ['ppo/preserved-values'],
    engines: 'host',
    inject: inPpo(() => ({ rescaleHead: (weights) => weights.slice() })),
  },
  {
    id: 'ppo/explained-variance-broadcast',
    summary: 'errors of the critic are taken between all pairs of samples',
    sign: 'explained variance is −1 for a perfect critic, and 0 at best',
    killedBy: ['ppo/explained-variance'],
    engines: 'host',
    inject: inPpo(() => ({
      explainedVariance: (values, returns, components) =>
        Array.from({ length: components }, (_, component) => {
          const own = (rows: Float64Array) => rows.filter((__, at) => at % components === component);
          const pairs = Array.from(own(returns), (target) =>
            Array.from(own(values), (value) => target - value),
          );
          return 1 - columnMoments(pairs.flat()).variance / columnMoments(own(returns)).variance;
        }),
    })),
  },
];
