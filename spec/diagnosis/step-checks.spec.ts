import { describe, expect, test } from 'vitest';
import type { LoggedRun } from '../../src/diagnosis/index.ts';
import { checklistNamed } from '../../src/diagnosis/index.ts';
import { judgeRun } from '../../src/diagnosis/judge-run.ts';
import { runOf } from './run-of.ts';

const TODAY = '2026-01-01';

/** What one check of a list says of a run. */
function said(check: string, run: LoggedRun, list = 'general') {
  const outcome = judgeRun(run, checklistNamed(list), TODAY).outcomes.find((one) => one.check.id === check);
  if (outcome?.state !== 'found') return outcome?.state;
  return { severity: outcome.severity, first: outcome.faults[0], onset: outcome.findings[0].onset };
}

const rows = <T>(count: number, of: (row: number) => T): T[] =>
  Array.from({ length: count }, (_, row) => of(row));

/** Steps of Adam of these lengths, in learning rates of 0.001. */
const steps = (count: number, length: (row: number) => number, config = {}): LoggedRun =>
  runOf(
    {
      'weight-change': rows(count, (row) => 0.001 * length(row)),
      'learning-rate': rows(count, () => 0.001),
      'gradient-norm': rows(count, () => 0.2),
    },
    { optimiser: { rule: 'adamw', epsilon: 1e-8 }, ...config },
  );

/** A first step of the sign of the gradient, then averages. */
const averaged = (row: number): number => (row === 0 ? 0.99 : 0.3 + 0.1 * Math.sin(row));

describe('general/step-length', () => {
  test('a first step of the learning rate, and shorter ones: passed', () => {
    expect(said('general/step-length', steps(60, averaged))).toBe('passed');
  });

  test('a first step of three quarters: the correction is that of another step', () => {
    const late = steps(60, (row) => (row === 0 ? 0.74 : averaged(row)));
    expect(said('general/step-length', late)).toMatchObject({
      severity: 'sick',
      first: 'training/bias-correction-late',
      onset: { by: 0 },
    });
  });

  test('an epsilon that is not small against gradients shortens the first step, rightly', () => {
    const config = { optimiser: { epsilon: 1e-5 } };
    expect(
      said(
        'general/step-length',
        steps(60, (row) => 0.8 * averaged(row), config),
      ),
    ).toBe('passed');
  });

  test('steps longer than the rate in the median: no square of a mean exceeds the mean of squares', () => {
    const long = steps(60, (row) => (row === 0 ? 0.99 : 1.3));
    expect(said('general/step-length', long)).toMatchObject({ first: 'ppo/moments-restarted' });
  });

  test('a first step beyond the rate, or any that is longer than Adam makes, has a decay in it', () => {
    const first = steps(60, (row) => (row === 0 ? 1.6 : averaged(row)));
    const later = steps(60, (row) => (row === 40 ? 12 : averaged(row)));
    for (const run of [first, later])
      expect(said('general/step-length', run)).toMatchObject({ first: 'training/decay-without-rate' });
  });

  test('another rule than Adam has no such length', () => {
    expect(
      said(
        'general/step-length',
        steps(60, () => 7, { optimiser: { rule: 'sgd' } }),
      ),
    ).toBe('not-checked');
  });
});

describe('general/optimiser-restarted', () => {
  test('each step as long as the first: made anew in every one', () => {
    expect(
      said(
        'general/optimiser-restarted',
        steps(60, () => 0.94),
      ),
    ).toMatchObject({
      severity: 'sick',
      first: 'nk/optimiser-recreated',
    });
  });

  test('one such step at a resume, and there only', () => {
    const length = (row: number): number => (row === 30 ? 1.1 : averaged(row));
    const resumed = { resumedAt: [30] };
    expect(said('general/optimiser-restarted', steps(60, length, resumed), 'nk')).toMatchObject({
      first: 'training/resume-incomplete',
      onset: { after: 29, by: 30 },
    });
    expect(said('general/optimiser-restarted', steps(60, length))).toBe('passed');
    expect(said('general/optimiser-restarted', steps(60, averaged, resumed))).toBe('passed');
  });
});

describe('general/gain-ratio', () => {
  const gains = (of: (row: number) => number): LoggedRun => runOf({ 'gain-ratio': rows(80, of) });

  test('gains about 1, also with rows at the roundoff: passed', () => {
    expect(
      said(
        'general/gain-ratio',
        gains((row) => (row % 5 === 0 ? -3 : 1.1 + 0.2 * Math.sin(row))),
      ),
    ).toBe('passed');
  });

  test('an eighth of what was promised is a sum for a mean, a third a branch that is missing', () => {
    expect(
      said(
        'general/gain-ratio',
        gains(() => 0.13),
      ),
    ).toMatchObject({ first: 'nk/jacobian-summed' });
    expect(
      said(
        'general/gain-ratio',
        gains(() => 0.36),
      ),
    ).toMatchObject({ first: 'nk/semi-gradient' });
    expect(
      said(
        'general/gain-ratio',
        gains(() => 0.7),
      ),
    ).toMatchObject({ first: 'training/acceleration-away' });
  });
});

describe('normaliser/count', () => {
  const counts = (of: (row: number) => number): LoggedRun => runOf({ 'normaliser-count': rows(40, of) });

  test('a count that grows: passed', () => {
    expect(
      said(
        'normaliser/count',
        counts((row) => 100 + row),
        'bewley',
      ),
    ).toBe('passed');
  });

  test('a count that falls was not loaded', () => {
    expect(
      said(
        'normaliser/count',
        counts((row) => (row < 20 ? 100 + row : row)),
        'ppo',
      ),
    ).toMatchObject({
      severity: 'sick',
      first: 'ppo/resume-incomplete-observations',
      onset: { after: 19, by: 20 },
    });
  });

  test('a count that stands still to the end is frozen', () => {
    expect(
      said(
        'normaliser/count',
        counts((row) => Math.min(row, 20)),
        'ppo',
      ),
    ).toMatchObject({
      first: 'normaliser/freezes',
      onset: { by: 20 },
    });
  });
});

describe('ppo/node-growth', () => {
  test('a colony that more than doubles in a step was acted on twice, in however few rows', () => {
    const growth = runOf({ 'node-growth': rows(20, (row) => (row === 7 ? 3 : 2)) });
    expect(said('ppo/node-growth', growth, 'ppo')).toMatchObject({
      severity: 'sick',
      first: 'ppo/two-policies-act',
      onset: { after: 6, by: 7 },
    });
    expect(said('ppo/node-growth', runOf({ 'node-growth': rows(20, () => 2) }), 'ppo')).toBe('passed');
  });
});
