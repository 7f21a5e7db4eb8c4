import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { PpoValueSettings } from '../../../src/models/ppo/index.ts';
import { clipRanges, valueLoss, weighValueLoss, withEntropy } from '../../../src/models/ppo/index.ts';
import { expectClose, onWasm, read, readOne } from '../../nn/on-wasm.ts';

onWasm();

type Settings = Pick<PpoValueSettings, 'clip' | 'loss' | 'huberDelta'>;
const SQUARED: Settings = { clip: 'none', loss: 'squared', huberDelta: 1 };
const CLIPPED: Settings = { ...SQUARED, clip: 'absolute' };

/** Loss of each head, share clipped, and the gradient in the predictions, of rows of heads. */
const told = async (
  predictions: number[][],
  old: number[][],
  targets: number[][],
  settings: Settings,
  range = 0.2,
) => {
  const [perHead = [], clipped = [], gradient = []] = await read(() => {
    const [former, goal] = [tf.tensor2d(old), tf.tensor2d(targets)];
    const ranges = tf.fill<tf.Rank.R2>([old.length, old[0]?.length ?? 0], range);
    const at = (values: tf.Tensor) =>
      valueLoss({ predictions: values as tf.Tensor2D, old: former, targets: goal, ranges }, settings);
    const given = tf.tensor2d(predictions);
    return [at(given).perHead, at(given).clipped, tf.grad((values) => tf.sum(at(values).perHead))(given)];
  });
  return { perHead, clipped, gradient };
};

describe('valueLoss', () => {
  it('is half the squared error, a mean over the samples, head by head', async () => {
    const { perHead, clipped, gradient } = await told(
      [
        [1, 10],
        [3, 20],
      ],
      [
        [9, 9],
        [9, 9],
      ],
      [
        [0, 10],
        [0, 26],
      ],
      SQUARED,
    );
    expectClose(perHead, [(0.5 + 4.5) / 2, 18 / 2]);
    expectClose(gradient, [0.5, 0, 1.5, -3]);
    expect(clipped).toEqual([0, 0]);
  });

  it('is Huber’s where asked: linear beyond δ', async () => {
    const settings: Settings = { ...SQUARED, loss: 'huber', huberDelta: 2 };
    const { perHead, gradient } = await told([[1], [-5]], [[0], [0]], [[0], [0]], settings);
    expectClose(perHead, [(0.5 + 2 * (5 - 1)) / 2]);
    expectClose(gradient, [0.5, -1]);
  });

  it.each([
    ['no further than the range', 0.1, 5, 0.5 * 4.9 ** 2, -4.9, 0],
    ['beyond the range towards the target', 1, 5, 0.5 * 4.8 ** 2, 0, 1],
    ['beyond the range from the target', 1, -5, 0.5 * 6 ** 2, 6, 0],
    ['beyond the range, past the target', 1, 0.5, 0.5 * 0.5 ** 2, 0.5, 0],
    ['beyond the range below', -1, -5, 0.5 * 4.8 ** 2, 0, 1],
  ])('clipped at 0 ± 0.2, %s: V = %f, R = %f', async (_, value, target, loss, slope, share) => {
    const { perHead, gradient, clipped } = await told([[value]], [[0]], [[target]], CLIPPED);
    expectClose(perHead, [loss]);
    expectClose(gradient, [slope]);
    expect(clipped).toEqual([share]);
  });

  it('counts as clipped what is beyond the range, and no rounding within it', async () => {
    // V_old + (V − V_old) is not V to the last digit: within the range nothing is clipped all the same.
    const count = 200;
    const old = Array.from({ length: count }, (_, row) => [Math.sin(row) / 10]);
    const predictions = old.map(([value = NaN], row) => [value + Math.cos(7 * row) / 6]);
    const targets = old.map((_, row) => [row % 2 === 0 ? 3 : -3]);
    const { clipped, gradient } = await told(predictions, old, targets, CLIPPED);
    expect(clipped).toEqual([0]);
    expect(gradient.every((slope) => slope !== 0)).toBe(true);
  });

  it('refuses shapes that would be broadcast', () => {
    const attempt = () =>
      tf.tidy(() => {
        const column = tf.zeros<tf.Rank.R2>([3, 1]);
        const given = {
          predictions: column,
          old: column,
          targets: tf.zeros<tf.Rank.R2>([1, 3]),
          ranges: column,
        };
        return valueLoss(given, SQUARED).perHead;
      });
    expect(attempt).toThrow(/shape-mismatch[\s\S]*targets \(1, 3\)/);
  });
});

describe('clipRanges', () => {
  const ranges = (clip: PpoValueSettings['clip']) => [
    ...clipRanges([2, -4, 0, 10], [3, 5], { clip, clipRange: 0.5 }),
  ];

  it('are one range, a share of each value, or a share of the deviation of its head', () => {
    expect(ranges('absolute')).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(ranges('relative')).toEqual([1, 2, 0.5e-8, 5].map(Math.fround));
    expect(ranges('scale')).toEqual([1.5, 2.5, 1.5, 2.5]);
  });
});

describe('the parts of the loss', () => {
  it('are the policy loss less its bonus, and the weighted heads', async () => {
    expectClose(await readOne(() => withEntropy(tf.scalar(3), tf.scalar(2), 0.1)), [2.8]);
    expectClose(await readOne(() => weighValueLoss(tf.tensor1d([3, 5]), [2, 0.5], 0.25)), [2.125]);
  });
});
