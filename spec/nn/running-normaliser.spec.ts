import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import type { NormaliserSettings, NormaliserStatistics } from '../../src/nn/index.ts';
import { normaliserKit as kit, NORMALISER_DEFAULTS, releaseStatistics } from '../../src/nn/index.ts';
import { expectClose, onWasm } from './on-wasm.ts';

onWasm();

/** Feeds batches in turn; returns mean, variance and count after the last. */
async function fed(
  batches: readonly number[][][],
  settings: NormaliserSettings,
): Promise<{ mean: number[]; variance: number[]; count: number }> {
  let statistics: NormaliserStatistics | undefined;
  for (const rows of batches) {
    const batch = tf.tensor2d(rows);
    const answer = kit.normalise(kit, { batch, statistics, settings, update: true });
    releaseStatistics(statistics, answer.statistics);
    statistics = answer.statistics;
    tf.dispose([batch, answer.normalised, answer.clippedShare]);
  }
  if (statistics === undefined) throw new Error('no batch');
  const { mean, variance, count } = statistics;
  const read = { mean: [...(await mean.data())], variance: [...(await variance.data())], count };
  releaseStatistics(statistics);
  return read;
}

function refusal(code: string, body: () => unknown): void {
  let thrown: unknown;
  try {
    body();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(InputError);
  expect(thrown).toMatchObject({ code });
}

describe('the running normaliser', () => {
  it('begins with mean and variance of the first batch', async () => {
    const batch = [
      [1, 10],
      [3, 10],
    ];
    expect(await fed([batch], NORMALISER_DEFAULTS)).toEqual({ mean: [2, 10], variance: [1, 0], count: 1 });
  });

  it('is the weighted variance about the weighted mean, by hand for three batches at momentum 1/2', async () => {
    // Weights 1/4, 1/4, 1/2 on batches of means 0, 4, 2 and variance 1: mean 2, variance 1 + (4 + 4)/4 + 0 = 3.
    const batches = [0, 4, 2].map((mean) => [[mean - 1], [mean + 1]]);
    const { mean, variance, count } = await fed(batches, { ...NORMALISER_DEFAULTS, momentum: 0.5 });
    expectClose(mean, [2]);
    expectClose(variance, [3]);
    expect(count).toBe(3);
  });

  it('keeps statistics of each agent apart, and those of the scope global together', async () => {
    // (samples, agents, features): agent 0 at ±1, agent 1 at 10 ± 1.
    const batch = tf.tensor3d([
      [[-1], [9]],
      [[1], [11]],
    ]);
    const own = kit.batchMoments(batch, 'per-agent');
    const shared = kit.batchMoments(batch, 'global');
    expect([own.mean.shape, shared.mean.shape]).toEqual([[2, 1], [1]]);
    expectClose([...(await own.mean.data()), ...(await own.variance.data())], [0, 10, 1, 1]);
    expectClose([...(await shared.mean.data()), ...(await shared.variance.data())], [5, 26]);
    tf.dispose([batch, own.mean, own.variance, shared.mean, shared.variance]);
  });

  it('finds no variance in a constant, however often it comes', async () => {
    const batch = tf.fill([64, 800, 2], 1001.7);
    const { mean, variance } = kit.batchMoments(batch, 'global');
    expectClose([...(await mean.data())], [1001.7, 1001.7], 1e-6);
    expectClose([...(await variance.data())], [0, 0], 1e-7);
    tf.dispose([batch, mean, variance]);
  });

  it('clips, and says how much', async () => {
    const batch = tf.tensor2d([[-50], [0], [3], [50]]);
    const statistics = { count: 1, mean: tf.tensor1d([0]), variance: tf.tensor1d([1]) };
    const answer = kit.normalise(kit, { batch, statistics, settings: NORMALISER_DEFAULTS, update: false });
    expectClose([...(await answer.normalised.data())], [-10, 0, 3, 10], 1e-4);
    expectClose([...(await answer.clippedShare.data())], [0.5]);
    expect(answer.statistics).toBe(statistics);
    tf.dispose([batch, answer.normalised, answer.clippedShare]);
    releaseStatistics(statistics);
  });

  it('lets a NaN through, into output and statistics: nothing hides it', async () => {
    const batch = tf.tensor2d([[Number.NaN], [1]]);
    const settings = NORMALISER_DEFAULTS;
    const answer = kit.normalise(kit, { batch, statistics: undefined, settings, update: true });
    expect([...(await answer.normalised.data())]).toEqual([Number.NaN, Number.NaN]);
    expect([...(await answer.statistics.variance.data())]).toEqual([Number.NaN]);
    tf.dispose([batch, answer.normalised, answer.clippedShare]);
    releaseStatistics(answer.statistics);
  });

  it('lets gradient through to the input on a tape, with the statistics of before', async () => {
    const statistics = { count: 1, mean: tf.tensor1d([1]), variance: tf.tensor1d([4 - 1e-4]) };
    const batch = tf.tensor2d([[1], [100]]);
    const request = { statistics, settings: NORMALISER_DEFAULTS, update: false };
    const gradient = tf.grad((x) => tf.sum(kit.normalise(kit, { ...request, batch: x }).normalised))(batch);
    expectClose([...(await gradient.data())], [0.5, 0]);
    tf.dispose([batch, gradient]);
    releaseStatistics(statistics);
  });

  it('leaves what it is given alive, and its count as it was', () => {
    const batch = tf.tensor2d([[1], [2]]);
    const statistics = { count: 7, mean: tf.tensor1d([0]), variance: tf.tensor1d([1]) };
    const settings = NORMALISER_DEFAULTS;
    const answer = kit.normalise(kit, { batch, statistics, settings, update: true });
    expect([batch, statistics.mean, statistics.variance].some(({ isDisposed }) => isDisposed)).toBe(false);
    expect([statistics.count, answer.statistics.count]).toEqual([7, 8]);
    tf.dispose([batch, answer.normalised, answer.clippedShare]);
    releaseStatistics(statistics, answer.statistics);
    releaseStatistics(answer.statistics);
  });
});

describe('the running normaliser refuses', () => {
  const settings = NORMALISER_DEFAULTS;
  const normalise = (
    batch: tf.Tensor,
    over: { settings?: NormaliserSettings; statistics?: NormaliserStatistics; update?: boolean } = {},
  ) => kit.normalise(kit, { batch, statistics: undefined, settings, update: true, ...over });

  it('to transform without statistics', () => {
    tf.tidy(() => {
      refusal('normaliser-empty', () => normalise(tf.ones([2, 2]), { update: false }));
    });
  });

  it('integers', () => {
    tf.tidy(() => {
      refusal('normaliser-dtype', () => normalise(tf.ones([2, 2], 'int32')));
    });
  });

  it('batches of another shape than the statistics, which would broadcast', () => {
    tf.tidy(() => {
      const statistics = { count: 1, mean: tf.zeros([1]), variance: tf.ones([1]) };
      refusal('normaliser-shape', () => normalise(tf.ones([3, 2]), { statistics }));
      refusal('normaliser-shape', () => normalise(tf.ones([3])));
      refusal('normaliser-shape', () => normalise(tf.ones([0, 2])));
      refusal('normaliser-shape', () =>
        normalise(tf.ones([3, 2]), { settings: { ...settings, scope: 'per-agent' } }),
      );
    });
  });

  it.each([
    { momentum: 1 },
    { momentum: -0.1 },
    { momentum: Number.NaN },
    { epsilon: -1 },
    { floor: 0 },
    { clip: 0 },
    { clip: Infinity },
  ])('the setting %o', (wrong) => {
    tf.tidy(() => {
      refusal('normaliser-settings', () =>
        normalise(tf.ones([2, 2]), { settings: { ...settings, ...wrong } }),
      );
    });
  });
});
