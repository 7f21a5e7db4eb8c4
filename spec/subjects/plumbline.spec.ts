import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FAULTS, LAWS } from '../../invariants/index.ts';
import type { OpenEngine } from '../../src/engine/index.ts';
import { openEngine } from '../../src/engine/index.ts';
import { SubjectError } from '../../src/errors.ts';
import { correctKit, subjectOf } from '../../src/subjects/index.ts';
import { stack } from '../../src/subjects/stack.ts';
import { checkLaw } from '../../src/verification/check-law.ts';
import { nkStep } from '../../src/verification/contracts/index.ts';
import { float32 } from '../../src/verification/tensor-value.ts';

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('wasm');
});
afterAll(() => {
  engine.close();
});

describe('the subject that this package is', () => {
  test('leaves no tensor behind, whatever it is asked', async () => {
    const subject = subjectOf(correctKit, engine);
    const before = engine.memory();
    // A long training leaves what a short one leaves.
    for (const law of LAWS.filter(({ nightly }) => nightly !== true)) {
      const { verdict } = await checkLaw(law, subject, { runs: 2, seed: 5 });
      expect([law.id, verdict]).toEqual([law.id, 'holds']);
    }
    expect(engine.memory()).toEqual(before);
  });

  test('the guard against broadcasting turns the shape bug into a clear error', async () => {
    const fault = FAULTS.find(({ id }) => id === 'nk/step-changes-shape');
    if (fault === undefined) throw new Error('the fault is gone');
    const faulty = fault.inject(correctKit);
    const guarded = { ...faulty, nk: { ...faulty.nk, requireSameShape: correctKit.nk.requireSameShape } };
    const subject = subjectOf(guarded, engine);
    const shapes = LAWS.find(({ id }) => id === 'nk/independence');
    if (shapes === undefined) throw new Error('the law is gone');
    const verdict = await checkLaw(shapes, subject, { runs: 20, seed: 1 });
    expect(verdict.verdict).toBe('not-checked');
    expect(verdict.reason).toContain('shape-mismatch');
  });

  test('faults leave the correct kit as it was', async () => {
    const answer = () =>
      subjectOf(correctKit, engine).call(nkStep, {
        parameters: float32([1, 8], [0.97, 2, 1.125, 0.7, 1.875, 0.25, 0.875, 0.06]),
        zeta: float32([1], [0.01]),
        innovation: float32([1], [1]),
      });
    const before = await answer();
    for (const fault of FAULTS) fault.inject(correctKit);
    expect(await answer()).toEqual(before);
  });
});

describe('stack', () => {
  test('adds a dimension in front', () => {
    expect(stack([float32([2], [1, 2]), float32([2], [3, 4])])).toEqual(float32([2, 2], [1, 2, 3, 4]));
  });

  test('a tensor that changes its type on the way is the subject’s error', () => {
    expect(() => stack([float32([2], [1, 2]), float32([1, 2], [3, 4])])).toThrow(SubjectError);
  });
});
