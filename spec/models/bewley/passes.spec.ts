import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { joinPasses } from '../../../src/models/bewley/index.ts';

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('wasm');
});
afterAll(() => {
  engine.close();
});

test('scalars and vectors of passes are averaged, rows of worlds put under one another', async () => {
  const before = engine.memory();
  const passes = [1, 3].map((value) => ({
    loss: tf.scalar(value),
    gradient: tf.tensor1d([value, -value]),
    wealth: tf.tensor2d([[value, 7]]),
  }));
  const joined = tf.tidy(() => joinPasses(passes));
  expect(await joined.loss.data()).toEqual(Float32Array.of(2));
  expect(await joined.gradient.data()).toEqual(Float32Array.of(2, -2));
  expect(joined.wealth.shape).toEqual([2, 2]);
  expect(await joined.wealth.data()).toEqual(Float32Array.of(1, 7, 3, 7));
  tf.dispose([passes, joined] as never);
  expect(engine.memory()).toEqual(before);
});

test('one pass is handed on as it is', () => {
  const pass = { loss: tf.scalar(1) };
  expect(joinPasses([pass])).toBe(pass);
  pass.loss.dispose();
});
