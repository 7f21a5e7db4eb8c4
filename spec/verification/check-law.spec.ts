import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLaw } from '../../src/verification/check-law.ts';
import { checkControl } from '../../src/verification/controls.ts';
import { law } from '../../src/verification/law.ts';
import { agree } from '../../src/verification/measurement.ts';
import { inProcessSubject } from '../../src/verification/subject.ts';
import { double, doubles, toy } from './toy.ts';

const options = { runs: 100, seed: 42 };

describe('checkLaw', () => {
  test('a correct subject: the law holds over all cases', async () => {
    const verdict = await checkLaw(
      doubles,
      toy((x) => 2 * x),
      options,
    );
    expect(verdict).toMatchObject({ verdict: 'holds', runs: 100, law: 'toy/doubles', engine: 'none' });
    expect(verdict.worst?.measured).toBe(0);
  });

  test('a violation is shrunk, and the case as drawn is kept beside it', async () => {
    const verdict = await checkLaw(
      doubles,
      toy((x) => (x > 100 ? 0 : 2 * x)),
      options,
    );
    expect(verdict.verdict).toBe('violated');
    expect(verdict.violation?.shrunk.sample).toEqual({ x: 101 });
    const drawn = verdict.violation?.unshrunk.sample as { x: number };
    expect(drawn.x).toBeGreaterThan(101);
    expect(verdict.violation?.shrunk.measurement).toMatchObject({
      measured: 202,
      allowed: 0.5,
      got: '0',
      expected: '202',
    });
  });

  test('the budget of a law is none of a fault that is shown to it', async () => {
    const short = law({ ...doubles, budget: { runs: 2 } });
    const rarely = toy((x) => (x % 7 === 3 ? 0 : 2 * x));
    expect((await checkLaw(short, rarely, options)).runs).toBeLessThanOrEqual(2);
    const shown = await checkLaw(short, rarely, { ...options, firstViolation: true });
    expect([shown.verdict, shown.runs > 2]).toEqual(['violated', true]);
  });

  test('seed and path lead to the same shrunk case at once', async () => {
    const broken = toy((x) => (x > 100 ? 0 : 2 * x));
    const { violation } = await checkLaw(doubles, broken, options);
    const again = await checkLaw(doubles, broken, {
      ...options,
      seed: violation?.seed ?? 0,
      path: violation?.path ?? '',
    });
    expect(again.violation?.shrunk).toEqual(violation?.shrunk);
    expect(again.runs).toBe(1);
  });

  test.each([NaN, Infinity, -Infinity])('an answer of %s violates', async (value) => {
    expect(
      (
        await checkLaw(
          doubles,
          toy(() => value),
          options,
        )
      ).verdict,
    ).toBe('violated');
  });

  test('a subject that crashes is not-checked, with what it threw and no verdict', async () => {
    const crashing = toy((x) => {
      if (x > 100) throw new RangeError('boom');
      return 2 * x;
    });
    const verdict = await checkLaw(doubles, crashing, options);
    expect(verdict.verdict).toBe('not-checked');
    expect(verdict.reason).toContain('subject-crashed');
    expect(verdict.reason).toContain('boom');
  });

  test('an answer that breaks the contract is not-checked', async () => {
    const verdict = await checkLaw(
      doubles,
      toy(() => 'four' as unknown as number),
      options,
    );
    expect(verdict).toMatchObject({ verdict: 'not-checked' });
    expect(verdict.reason).toContain('operation-output');
  });

  test('a missing operation is not-checked, and named', async () => {
    const empty = inProcessSubject({ ...toy((x) => x), implementations: [] });
    expect(await checkLaw(doubles, empty, options)).toMatchObject({
      verdict: 'not-checked',
      reason: 'operation missing: toy.double',
    });
  });

  test('a law that throws is not-checked and blamed, not the subject', async () => {
    const throwing = { ...doubles, judge: () => Promise.reject(new TypeError('undefined is not a law')) };
    const verdict = await checkLaw(
      throwing,
      toy((x) => 2 * x),
      options,
    );
    expect(verdict.verdict).toBe('not-checked');
    expect(verdict.reason).toContain('law-threw');
    expect(verdict.reason).toContain('undefined is not a law');
  });

  test('a law that measures nothing is refused', async () => {
    const empty = { ...doubles, judge: () => Promise.resolve([]) };
    const verdict = await checkLaw(
      empty,
      toy((x) => 2 * x),
      options,
    );
    expect(verdict.reason).toContain('law-measures-nothing');
  });

  test('a law that asks for what it does not declare is refused', async () => {
    const greedy = { ...doubles, needs: [] };
    expect(
      (
        await checkLaw(
          greedy,
          toy((x) => 2 * x),
          options,
        )
      ).reason,
    ).toContain('operation-undeclared');
  });

  test('cases that miss their coverage make the law not-checked', async () => {
    const narrow = { ...doubles, cases: fc.record({ x: fc.integer({ min: -1_000, max: 0 }) }) };
    const verdict = await checkLaw(
      narrow,
      toy((x) => 2 * x),
      options,
    );
    expect(verdict).toMatchObject({ verdict: 'not-checked' });
    expect(verdict.reason).toContain('"positive" in 0 % of cases, needs 20 %');
  });

  test('an exhausted time limit is not-checked, with the cases that were judged', async () => {
    const slow = toy(async (x) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return 2 * x;
    });
    const verdict = await checkLaw(doubles, slow, { ...options, deadline: Date.now() + 50 });
    expect(verdict.verdict).toBe('not-checked');
    expect(verdict.reason).toMatch(/^time limit: \d+ of 100 cases judged$/);
  });

  test('a statistical law without power is inconclusive, and a violation all the same', async () => {
    const weak = law({
      ...doubles,
      async judge({ x }, { call }) {
        const { y } = await call(double, { x });
        return [{ ...agree('y', y, 2 * x, 0.5), inconclusive: 'too few samples' }];
      },
    });
    expect(
      await checkLaw(
        weak,
        toy((x) => 2 * x),
        options,
      ),
    ).toMatchObject({ verdict: 'inconclusive', reason: 'too few samples' });
    expect(
      (
        await checkLaw(
          weak,
          toy(() => 0),
          options,
        )
      ).verdict,
    ).toBe('violated');
  });

  test('holds is refused when kernels ran on another engine', async () => {
    let ran = 0;
    const counts = () => ({ cpu: { Add: (ran += 1) } });
    const verdict = await checkLaw(
      doubles,
      { ...toy((x) => 2 * x), engine: 'wasm', kernels: { counts } },
      options,
    );
    expect(verdict.verdict).toBe('not-checked');
    expect(verdict.reason).toBe('engine wasm was asked for, but kernels ran elsewhere: Add on cpu');
  });
});

describe('checkControl', () => {
  test('a law that compares rejects the known-bad subject', async () => {
    expect(
      await checkControl(
        doubles,
        toy((x) => 2 * x),
        options,
      ),
    ).toMatchObject({ verdict: 'violated' });
  });

  test('a law that cannot fail is found out', async () => {
    const blind = { ...doubles, judge: () => Promise.resolve([agree('nothing', 1, 1, 0)]) };
    expect(
      await checkControl(
        blind,
        toy((x) => 2 * x),
        options,
      ),
    ).toMatchObject({ verdict: 'holds' });
  });

  test('a law that takes two non-finite numbers as equal is found out', async () => {
    const lax = law({
      ...doubles,
      async judge({ x }, { call }) {
        const { y } = await call(double, { x });
        return [{ quantity: 'y', measured: Object.is(y, NaN) || y === 2 * x ? 0 : 1, allowed: 0 }];
      },
    });
    expect(
      await checkControl(
        lax,
        toy((x) => 2 * x),
        options,
      ),
    ).toMatchObject({ verdict: 'holds' });
  });
});
