import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { SubjectError } from '../../../src/errors.ts';
import {
  atLeast,
  atMost,
  bewleyKit,
  choose,
  onDomain,
  requireFinite,
  requireShapes,
} from '../../../src/models/bewley/index.ts';
import { onWasm, read, readOne } from '../../nn/on-wasm.ts';

onWasm();

describe('onDomain', () => {
  it.each([
    ['positive', [Number.NaN, Number.NaN, 1, 4, Number.NaN]],
    ['non-negative', [Number.NaN, 0, 1, 4, Number.NaN]],
  ] as const)('%s: a value inside, NaN outside', async (domain, expected) => {
    const values = await readOne(() =>
      onDomain(tf.tensor1d([-2, 0, 1, 2, Number.NaN]), domain, (x) => tf.square(x)),
    );
    expect(values).toEqual(expected);
  });

  it('marks the result, whatever the function makes of its argument', async () => {
    const values = await readOne(() => onDomain(tf.tensor1d([-1, 1]), 'positive', () => tf.ones([2])));
    expect(values).toEqual([Number.NaN, 1]);
  });

  it('has the gradient of the function inside', async () => {
    const slope = await readOne(() =>
      tf.grad((x) => onDomain(x, 'positive', (inside) => tf.pow(inside, 3)))(tf.tensor1d([1, 2])),
    );
    expect(slope).toEqual([3, 12]);
  });
});

describe('choose', () => {
  it('gives each branch the gradient of its elements, and the condition none, in a longer program', async () => {
    const gradients = await read(() => {
      const f = (x: tf.Tensor, y: tf.Tensor): tf.Tensor =>
        tf.sum(tf.square(choose([tf.greater, x, y], tf.mul(x, 2), tf.mul(y, 3))));
      return tf.grads(f)([tf.tensor1d([1, 5]), tf.tensor1d([2, 4])]);
    });
    // x = 1 < y = 2: (3y)²; x = 5 > y = 4: (2x)².
    expect(gradients).toEqual([
      [0, 40],
      [36, 0],
    ]);
  });
});

describe('floors and ceilings', () => {
  it('keep a NaN and what is beyond them out', async () => {
    const [low, high] = await read(() => [
      atLeast(tf.tensor1d([-1, 0.5, Number.NaN]), 0.25),
      atMost(tf.tensor1d([-1, 0.5, Number.NaN, Infinity]), tf.fill([4], 0.25)),
    ]);
    expect(low).toEqual([0.25, 0.5, Number.NaN]);
    expect(high).toEqual([-1, 0.25, Number.NaN, 0.25]);
  });
});

describe('requireFinite', () => {
  it('lets numbers pass, and names the first that is none with what was given there', async () => {
    const good = tf.tensor2d([[1, 2]]);
    const bad = tf.tensor2d([[1, Number.NaN]]);
    const consumption = tf.tensor2d([[0.5, -0.25]]);
    try {
      await requireFinite('a period', { good });
      const refused = requireFinite('a period', { good, 'labour residual': bad }, { consumption });
      await expect(refused).rejects.toThrow(SubjectError);
      await expect(refused).rejects.toThrow(
        /a period: labour residual is NaN \[domain\][\s\S]*element 1 of shape \(1, 2\), consumption -0.25/,
      );
    } finally {
      tf.dispose([good, bad, consumption]);
    }
  });
});

describe('requireShapes', () => {
  const shapes = (agents: tf.Tensor, worlds: tf.Tensor): void => {
    requireShapes('a test', { agents: { first: tf.zeros([2, 5]), agents }, worlds: { worlds } });
  };

  it('takes (B, A) and (B, 1) alone', () => {
    tf.tidy(() => {
      const [right, world] = [tf.zeros([2, 5]), tf.zeros([2, 1])];
      expect(() => {
        shapes(right, world);
      }).not.toThrow();
      for (const wrong of [tf.zeros([2, 1]), tf.zeros([5]), tf.zeros([5, 2]), tf.zeros([1, 5])]) {
        expect(() => {
          shapes(wrong, world);
        }).toThrow(/shape-mismatch/);
      }
      for (const wrong of [tf.zeros([2]), tf.zeros([1, 2]), tf.zeros([2, 5])]) {
        expect(() => {
          shapes(right, wrong);
        }).toThrow(/shape-mismatch/);
      }
    });
  });

  it('stops a period whose draws are of other agents', () => {
    tf.tidy(() => {
      const agents = tf.ones([2, 5]);
      const controls = { savingsRatio: agents, labor: agents, marginalReturn: tf.ones([5]) };
      expect(() =>
        bewleyKit.period(bewleyKit, { wealth: agents, ability: agents, star: agents }, controls, {
          preferences: { theta: 1, gamma: 2, beta: 0.96 },
          technology: { productivity: 1, alpha: 0.33, delta: 0.06 },
          taxes: { consumption: 0, income: { tau: 0, xi: 0 }, wealth: { tau: 0, xi: 0 } },
          labor: { minimum: 0.01, maximum: 0.99 },
        }),
      ).toThrow(/shape-mismatch/);
    });
  });
});
