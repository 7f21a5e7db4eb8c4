import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { independence } from '../../../invariants/nk/independence.ts';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { celu, dense, denseWithActivation } from '../../../src/nn/index.ts';
import { normals, streamOf } from '../../../src/numerics/index.ts';
import { correctKit, inNk, subjectOf } from '../../../src/subjects/index.ts';
import { checkLaw } from '../../../src/verification/check-law.ts';

/*
 * A control that is right in the wild: a network whose hidden layer is modulated by numbers of the economy (FiLM, Perez
 * et al. 2018), h ↦ (1 + Δγ) h + β. Modulation looks as if it mixed samples, and must not be taken for it.
 */

const CONDITIONS = 5;
const HIDDEN = 5;

/** A layer that is the identity at scale 0; its condition (R, 5) is modulated by fixed numbers of this scale. */
function film(hidden: tf.Tensor2D, condition: tf.Tensor2D, scale: number): tf.Tensor2D {
  const numbers = normals(streamOf('film'), 2 * CONDITIONS * HIDDEN).map((draw) => scale * draw);
  const [toGamma, toBeta] = tf.split(
    tf.tensor2d(Float32Array.from(numbers), [CONDITIONS, 2 * HIDDEN]),
    2,
    1,
  ) as [tf.Tensor2D, tf.Tensor2D];
  const gamma = tf.add(1, tf.matMul(condition, toGamma));
  return tf.add(tf.mul(gamma, hidden), tf.matMul(condition, toBeta));
}

type Condition = (inputs: tf.Tensor2D) => tf.Tensor2D;

const own: Condition = (inputs) => tf.slice(inputs, [0, 1], [-1, CONDITIONS]);

/** The mistake that a sloppy FiLM layer makes: one condition, the mean, for the whole batch. */
const pooled: Condition = (inputs) => tf.add(tf.mul(own(inputs), 0), tf.mean(own(inputs), 0, true));

const conditioned = (condition: Condition, scale: number) =>
  inNk(() => ({
    network: (_kit, weights, inputs) => {
      const [kernel, bias, last, lastBias] = weights as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor1D];
      const hidden = denseWithActivation(inputs, kernel, bias, celu);
      return dense(film(hidden, condition(inputs), scale), last, lastBias);
    },
  }))(correctKit);

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('wasm');
});
afterAll(() => {
  engine.close();
});

const run = async (build: () => tf.Tensor): Promise<readonly number[]> => {
  const tensor = tf.tidy(build);
  const data = await tensor.data();
  tensor.dispose();
  return [...data];
};

describe('a network that is conditioned on its economy', () => {
  test.each([
    ['at its identity', 0],
    ['trained', 0.3],
  ])('%s passes the law of independent samples', async (_, scale) => {
    const subject = subjectOf(conditioned(own, scale), engine);
    const { verdict } = await checkLaw(independence, subject, { runs: 40, seed: 6 });
    expect(verdict).toBe('holds');
  });

  test('is rejected when one condition is taken for all', async () => {
    const subject = subjectOf(conditioned(pooled, 0.3), engine);
    const { verdict } = await checkLaw(independence, subject, { runs: 40, seed: 6, firstViolation: true });
    expect(verdict).toBe('violated');
  });

  test('at its identity leaves the hidden layer as it is; permuted agents give permuted outputs', async () => {
    const rows = 7;
    const order = [3, 0, 6, 1, 5, 2, 4];
    const hidden = Float32Array.from(normals(streamOf('hidden'), rows * HIDDEN));
    const condition = Float32Array.from(normals(streamOf('condition'), rows * CONDITIONS));
    const at = (scale: number, rowsInOrder: readonly number[]) =>
      run(() =>
        film(
          tf.gather(tf.tensor2d(hidden, [rows, HIDDEN]), [...rowsInOrder]),
          tf.gather(tf.tensor2d(condition, [rows, CONDITIONS]), [...rowsInOrder]),
          scale,
        ),
      );
    const straight = [...Array(rows).keys()];
    expect(await at(0, straight)).toEqual([...hidden]);
    const before = await at(0.3, straight);
    const after = await at(0.3, order);
    expect(after).toEqual(order.flatMap((row) => before.slice(row * HIDDEN, (row + 1) * HIDDEN)));
  });
});
