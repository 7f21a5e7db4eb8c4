import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inNormaliser } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults in what a normaliser makes of a batch, and in when it may. */
export const transformationFaults: readonly Fault<Kit>[] = [
  {
    id: 'normaliser/no-floor',
    summary: 'the deviation has no floor',
    sign: 'normalised values of ±30 to ±100',
    killedBy: ['normaliser/output', 'normaliser/bounded'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      deviation: (variance, settings) => normaliser.deviation(variance, { ...settings, floor: 0 }),
    })),
  },
  {
    id: 'normaliser/small-eps',
    summary: 'ε is a hundredth of what is declared',
    sign: 'normalised values of ±30 to ±100',
    killedBy: ['normaliser/output', 'normaliser/bounded'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      deviation: (variance, settings) =>
        normaliser.deviation(variance, { ...settings, epsilon: settings.epsilon / 100 }),
    })),
  },
  {
    id: 'normaliser/no-clip',
    summary: 'normalised values are not clipped',
    sign: 'normalised values beyond ±10',
    killedBy: ['normaliser/output', 'normaliser/bounded', 'normaliser/gradient'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      clip: (z, bound) => ({ ...normaliser.clip(z, bound), normalised: z }),
    })),
  },
  {
    id: 'normaliser/nan-to-clip',
    summary: 'a clip that compares and selects takes a NaN for the bound',
    sign: 'an input that stays at −10 while the raw one is NaN',
    killedBy: ['normaliser/non-finite'],
    engines: 'all',
    // What tf.clipByValue does on wasm, done everywhere.
    inject: inNormaliser((normaliser) => ({
      clip: (z, bound) => {
        const low = tf.fill(z.shape, -bound);
        return normaliser.clip(tf.where(tf.greaterEqual(z, low), z, low), bound);
      },
    })),
  },
  {
    id: 'normaliser/gradient-in-statistics',
    summary: 'gradient flows through mean and variance into the batch that updated them',
    sign: 'memory grows, where the graph is kept with the statistics',
    killedBy: ['normaliser/gradient'],
    engines: 'all',
    inject: inNormaliser(() => ({ constant: (x) => x })),
  },
  {
    id: 'normaliser/load-drops-statistics',
    summary: 'loading restores the settings, and leaves the normaliser as it was made',
    sign: 'normalised means and deviations jump at each resume',
    killedBy: ['normaliser/save-load'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      load: (saved) => {
        const statistics = normaliser.load(saved);
        if (statistics !== undefined) tf.dispose([statistics.mean, statistics.variance]);
        return undefined;
      },
    })),
  },
  {
    id: 'normaliser/updates-when-told-not-to',
    summary: 'evaluation moves the statistics',
    sign: '',
    killedBy: ['normaliser/no-update'],
    engines: 'all',
    inject: inNormaliser((normaliser) => ({
      normalise: (kit, request) => normaliser.normalise(kit, { ...request, update: true }),
    })),
  },
  {
    id: 'normaliser/empty-transform',
    summary: 'a normaliser that has seen nothing transforms by mean 0 and variance 1',
    sign: 'the first inputs of a run are of another scale than the rest',
    killedBy: ['normaliser/empty'],
    engines: 'all',
    inject: inNormaliser(() => ({
      withoutStatistics: ({ shape }, { scope }) => {
        const own = shape.slice(scope === 'global' ? -1 : -2);
        return { count: 0, mean: tf.zeros(own), variance: tf.ones(own) };
      },
    })),
  },
];
