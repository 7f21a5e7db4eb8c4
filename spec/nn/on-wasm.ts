import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';

/** Runs the tests of a file on wasm, and fails each one that leaves a tensor behind. */
export function onWasm(): void {
  let before = 0;
  beforeAll(async () => {
    await tf.setBackend('wasm');
  });
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors, 'tensors alive after the test').toBe(before);
  });
}

/** Reads tensors that a computation makes, and disposes of everything that it made. */
export async function read(computation: () => tf.Tensor | tf.Tensor[]): Promise<number[][]> {
  const result = tf.tidy(computation);
  const tensors = Array.isArray(result) ? result : [result];
  const values = await Promise.all(tensors.map((tensor) => tensor.data()));
  tf.dispose(tensors);
  return values.map((data) => [...data]);
}

/** Reads the one tensor that a computation makes. */
export async function readOne(computation: () => tf.Tensor): Promise<number[]> {
  const [values = []] = await read(computation);
  return values;
}

/** Asserts that numbers agree to a relative and an absolute tolerance. */
export function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 1e-6): void {
  expect(actual).toHaveLength(expected.length);
  const misses = expected.map(
    (value, index) => Math.abs((actual[index] ?? Number.NaN) - value) / (1 + Math.abs(value)),
  );
  const worst = misses.findIndex((miss) => !(miss <= tolerance));
  expect(worst, `element ${worst}: ${String(actual[worst])} for ${String(expected[worst])}`).toBe(-1);
}
