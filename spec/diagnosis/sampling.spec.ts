import { expect, test } from 'vitest';
import { variationOf } from '../../src/diagnosis/checks/economics/heavy-tail.ts';
import type { LoggedRun } from '../../src/diagnosis/index.ts';
import { checklistNamed } from '../../src/diagnosis/index.ts';
import { judgeRun } from '../../src/diagnosis/judge-run.ts';
import { streamOf } from '../../src/numerics/stream.ts';
import { runOf } from './run-of.ts';

// What a small sample shows by chance, or a start that is far from the solution, is no fault of the code.

const NO_STARS = { become: 0, stay: 0, multiplier: 1 };

const severityOf = (check: string, run: LoggedRun, list: string): string | undefined => {
  const outcome = judgeRun(run, checklistNamed(list), '2026-01-01').outcomes.find(
    (one) => one.check.id === check,
  );
  return outcome?.state === 'found' ? outcome.severity : outcome?.state;
};

const constant = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

test('the variation of ability is that of its draws, superstars among them', () => {
  expect(variationOf({ rho: 0, sigma: 0.5, star: NO_STARS })).toBeCloseTo(Math.sqrt(Math.exp(0.25) - 1), 12);
  // Half of the time a star of twice the ability: a mean of 1.5 and a deviation of 0.5 without other risk.
  expect(variationOf({ rho: 0, sigma: 0, star: { become: 0.5, stay: 0.5, multiplier: 2 } })).toBeCloseTo(
    1 / 3,
    12,
  );
  const stream = streamOf('ability');
  const draws = Array.from(
    { length: 200_000 },
    () => Math.exp(0.4 * stream.normal()) * (stream.uniform() < 0.1 ? 3 : 1),
  );
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  const deviation = Math.sqrt(draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length);
  const star = { become: 0.1, stay: 0.1, multiplier: 3 };
  expect(variationOf({ rho: 0, sigma: 0.4, star })).toBeCloseTo(deviation / mean, 2);
});

test('economics/capital-labour: a few rich agents move the capital of a small batch, and not that of a large one', () => {
  const economy = (worlds: number, agents: number): object => ({
    ability: { rho: 0.95, sigma: 0.2, star: { become: 0.005, stay: 0.95, multiplier: 3 } },
    preferences: { theta: 1, gamma: 2, beta: 0.975 },
    technology: { alpha: 0.33, delta: 0.06 },
    taxes: {
      consumption: 0.065,
      income: { tau: 0.2, xi: 0 },
      wealth: { tau: 0, xi: 0 },
    },
    initial: { ability: { rule: 'stationary' }, wealth: { rule: 'lognormal', mean: 9.6, variation: 0.5 } },
    redraw: { unit: 'worlds', share: 0, finalShare: 0 },
    batch: { worlds, agents },
  });
  // The solution has 8.72.
  const run = (worlds: number, agents: number): LoggedRun =>
    runOf({ 'capital-labour': constant(60, 11.8) }, { ...economy(worlds, agents) });
  expect(severityOf('economics/capital-labour', run(8, 20), 'bewley')).toBe('passed');
  expect(severityOf('economics/capital-labour', run(64, 800), 'bewley')).toBe('sick');

  // Its wealth collapses where it ends at nothing, and not where it comes down to the solution from far above.
  const from = (start: number, end: number): LoggedRun =>
    runOf({ 'capital-labour': [start, ...constant(40, end)] }, { ...economy(64, 800) });
  expect(severityOf('economics/wealth-collapse', from(100, 8.7), 'bewley')).toBe('passed');
  expect(severityOf('economics/wealth-collapse', from(100, 0.5), 'bewley')).toBe('sick');
});

test('nk/worse-than-flat: the first row of a small batch may be low by chance', () => {
  const run = (batch: number): LoggedRun =>
    runOf(
      {
        'residual-is': [0.001, ...constant(40, 0.0045)],
        'residual-phillips': constant(41, 1e-4),
      },
      { batch, network: { outputScale: 0.01 } },
    );
  expect(severityOf('nk/worse-than-flat', run(20), 'nk')).toBe('suspect');
  expect(severityOf('nk/worse-than-flat', run(1000), 'nk')).toBe('sick');
});

test('normaliser/deviation: the deviation of a few draws with very rare stars is not judged', () => {
  const run = (star: object): LoggedRun =>
    runOf(
      { 'normalised-ability-deviation': constant(60, 0.3), 'fed-ability-deviation': constant(60, 2) },
      { ability: { rho: 0.9, sigma: 0.2, star } },
    );
  const rare = { become: 2.2e-6, stay: 0.99, multiplier: 504 };
  expect(severityOf('normaliser/deviation', run(rare), 'bewley')).toBe('passed');
  expect(severityOf('normaliser/deviation', run(NO_STARS), 'bewley')).toBe('sick');
});

test('ppo/explained-variance: a critic that has learnt has nothing left to explain now and then', () => {
  const run = (variance: readonly number[], loss: number): LoggedRun =>
    runOf({ 'explained-variance': variance, 'value-loss': [1, ...constant(89, loss)] });
  const lately = [...constant(70, 0.9), ...constant(20, -3)];
  expect(severityOf('ppo/explained-variance', run(lately, 0.001), 'ppo')).toBe('suspect');
  expect(severityOf('ppo/explained-variance', run(lately, 0.5), 'ppo')).toBe('sick');
  expect(severityOf('ppo/explained-variance', run(constant(90, -1), 0.001), 'ppo')).toBe('sick');
});

test('general/optimiser-restarted: a gradient that keeps its sign for a few rows makes steps as long as fresh moments', () => {
  const run = (rows: number): LoggedRun =>
    runOf(
      { 'weight-change': constant(rows, 0.00094), 'learning-rate': constant(rows, 0.001) },
      { optimiser: { rule: 'adamw' } },
    );
  expect(severityOf('general/optimiser-restarted', run(24), 'general')).toBe('passed');
  expect(severityOf('general/optimiser-restarted', run(60), 'general')).toBe('sick');
});
