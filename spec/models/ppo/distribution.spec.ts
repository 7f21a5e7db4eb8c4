import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  divergence,
  entropy,
  gaussianLogDensity,
  logProbability,
  policyLoss,
  ratioStatistics,
} from '../../../src/models/ppo/index.ts';
import { expectClose, onWasm, read, readOne } from '../../nn/on-wasm.ts';

onWasm();

const discrete = (logits: number[][]) => ({ policy: tf.tensor2d(logits), logDeviation: undefined });
const gaussian = (means: number[][], logDeviation: number[]) => ({
  policy: tf.tensor2d(means),
  logDeviation: tf.tensor1d(logDeviation),
});

/** Rows (1/4, 3/4) and (1/2, 1/2), with logits of any size. */
const LOGITS = [
  [500, 500 + Math.log(3)],
  [-2, -2],
];

describe('a discrete policy', () => {
  it('has the log-probability of the action that was taken', async () => {
    const told = await readOne(() =>
      logProbability(
        discrete(LOGITS),
        tf.tensor2d([
          [0, 1],
          [1, 0],
        ]),
      ),
    );
    expectClose(told, [Math.log(3 / 4), Math.log(1 / 2)], 2e-5);
  });

  it('has entropy −Σ π log π, a mean over the rows', async () => {
    const first = -(Math.log(1 / 4) / 4 + (3 * Math.log(3 / 4)) / 4);
    expectClose(await readOne(() => entropy(discrete(LOGITS))), [(first + Math.log(2)) / 2], 2e-5);
  });

  it('diverges by Σ π log π/π′, of the old one, and not at all from itself', async () => {
    const [other = [], same = []] = await read(() => [
      divergence(discrete([[0, Math.log(3)]]), discrete([[0, 0]])),
      divergence(discrete(LOGITS), discrete(LOGITS)),
    ]);
    expectClose(other, [(1 / 4) * Math.log(1 / 2) + (3 / 4) * Math.log(3 / 2)]);
    expect(same).toEqual([0]);
  });
});

describe('a Gaussian policy', () => {
  const [means, logs, raw] = [
    [1, -2],
    [0.3, -1],
    [1.7, -2.2],
  ] as const;

  it('has the log-density of the sample, that of the host', async () => {
    const told = await readOne(() =>
      logProbability(gaussian([[...means]], [...logs]), tf.tensor2d([[...raw]])),
    );
    expectClose(told, [gaussianLogDensity(raw, means, logs)]);
  });

  it('has entropy Σ log σ + ½ log 2πe', async () => {
    const expected = logs.reduce((sum, log) => sum + log + 0.5 * Math.log(2 * Math.PI * Math.E), 0);
    expectClose(await readOne(() => entropy(gaussian([[...means]], [...logs]))), [expected]);
  });

  it('diverges by the closed form, of the old one, and not at all from itself', async () => {
    const [other = [], same = []] = await read(() => [
      divergence(gaussian([[1]], [Math.log(2)]), gaussian([[3]], [Math.log(4)])),
      divergence(gaussian([[...means]], [...logs]), gaussian([[...means]], [...logs])),
    ]);
    expectClose(other, [Math.log(2) + (4 + 4) / (2 * 16) - 1 / 2]);
    expectClose(same, [0], 1e-7);
  });
});

describe('policyLoss', () => {
  const lossAt = (logRatio: number, advantage: number) =>
    read(() => {
      const { value, grads } = tf.valueAndGrads((ratio: tf.Tensor, advantages: tf.Tensor) =>
        policyLoss({ logRatio: ratio as tf.Tensor1D, advantages: advantages as tf.Tensor1D }, 0.2),
      )([tf.tensor1d([logRatio]), tf.tensor1d([advantage])]);
      return [value, grads[0] as tf.Tensor];
    });

  it.each([
    // ρ, A, loss, gradient in log ρ: nothing where the ratio has gone its way.
    [1, 2, -2, -2],
    [1.5, 2, -2.4, 0],
    [0.5, 2, -1, -1],
    [1.5, -2, 3, 3],
    [0.5, -2, 1.6, 0],
  ])('ρ = %f, A = %f: %f, slope %f', async (ratio, advantage, loss, slope) => {
    const [value = [], gradient = []] = await lossAt(Math.log(ratio), advantage);
    expectClose(value, [loss]);
    expectClose(gradient, [slope]);
  });

  it('is a mean over the samples', async () => {
    const loss = await readOne(() =>
      policyLoss({ logRatio: tf.tensor1d([0, 0]), advantages: tf.tensor1d([1, 5]) }, 0.2),
    );
    expectClose(loss, [-3]);
  });
});

describe('ratioStatistics', () => {
  it('is nothing at equal parameters', async () => {
    const told = await read(() => Object.values(ratioStatistics(tf.zeros([3]), 0.2)) as tf.Tensor[]);
    expect(told.map(([value]) => Math.abs(value ?? NaN))).toEqual([0, 0, 0, 0]);
  });

  it('has k1 of either sign, k3 of none, the largest deviation and the share beyond ε', async () => {
    const ratios = [1.1, 0.7, 1.3, 1];
    const logs = ratios.map(Math.log);
    const [deviation = [], k1 = [], k3 = [], clipped = []] = await read(() => {
      const told = ratioStatistics(tf.tensor1d(logs), 0.2);
      return [told.deviation, told.k1, told.k3, told.clipped];
    });
    const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x / 4, 0);
    expectClose(deviation, [0.3]);
    expectClose(k1, [mean(logs.map((log) => -log))]);
    expectClose(k3, [mean(ratios.map((ratio, at) => ratio - 1 - (logs[at] ?? NaN)))]);
    expect(clipped).toEqual([0.5]);
  });

  it('tells a small divergence to its digits', async () => {
    const [k3 = []] = await read(() => [ratioStatistics(tf.tensor1d([1e-2, -1e-2]), 0.2).k3]);
    expect(k3[0]).toBeCloseTo(5.00004e-5, 7);
  });
});
