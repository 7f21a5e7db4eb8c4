import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { addReturns, noReturnMoments, scaleOf } from '../../../src/models/ppo/index.ts';
import { correctKit, subjectOf } from '../../../src/subjects/index.ts';
import { ppoValueLoss } from '../../../src/verification/contracts/index.ts';
import { float32 } from '../../../src/verification/tensor-value.ts';

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('wasm');
});
afterAll(() => {
  engine.close();
});

const momentsOf = (returns: readonly number[]) =>
  scaleOf(addReturns(noReturnMoments(1), Float64Array.from(returns), 0.9));

/** What the laws found in the trainer, each as the smallest case. */
test('predictions that rounding moves within the range are not counted as clipped', async () => {
  const numbers = Array.from({ length: 50 }, (_, index) => Math.sin(index + 1));
  const shape = [numbers.length, 1];
  const { clipped } = await subjectOf(correctKit, engine).call(ppoValueLoss, {
    predictions: float32(shape, numbers),
    old: float32(
      shape,
      numbers.map((x) => x + 0.1 * Math.cos(17 * x)),
    ),
    targets: float32(
      shape,
      numbers.map((x) => x + 1),
    ),
    ranges: float32(
      shape,
      numbers.map(() => 0.2),
    ),
    settings: { clip: 'scale', loss: 'squared', huberDelta: 1 },
  });
  expect([...clipped.data]).toEqual([0]);
});

test('returns that are all equal are measured by their size, so that the clip follows their unit', () => {
  expect(momentsOf([1000, 1000, 1000]).deviation[0]).toBeCloseTo(1000, 9);
  expect([...momentsOf([0, 0]).deviation]).toEqual([1]);
});

test('returns that differ by more than rounding have their own deviation, however far from 0', () => {
  expect(momentsOf([9_999, 10_001]).deviation[0]).toBeCloseTo(1, 6);
});
