import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plumbline } from './plumbline.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));
const textOf = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const rowsOf = (...path: readonly string[]): readonly Readonly<Record<string, number>>[] =>
  textOf(...path)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>);

test('leaves two runs of equal seed and configuration, and what differs most in their logs', async () => {
  const cwd = folder();
  const args = ['bewley/principal-as-income', '--steps', '4', '--seed', '7', '--out', 'story'];
  const { code, stdout } = await plumbline(['reproduce', ...args], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/killed +bewley\//);
  expect(stdout).toMatch(/bewley documented small, 4 gradient steps, seed 7/);
  expect(stdout).toMatch(/market\/resource_residual +\S+ → \S+ → \S+ +\S+ → /);
  for (const label of ['correct', 'faulty']) {
    for (const name of ['config.yaml', 'environment.json', 'timing.jsonl'])
      expect(existsSync(join(cwd, 'story', label, name)), `${label}/${name}`).toBe(true);
    expect(rowsOf(cwd, 'story', label, 'metrics.jsonl').map(({ step }) => step)).toEqual([0, 1, 2, 3]);
  }
  const configuration = (label: string): string =>
    textOf(cwd, 'story', label, 'config.yaml').replace(/^#.*\n/, '');
  expect(configuration('faulty')).toBe(configuration('correct'));
  const residual = (label: string): number =>
    Math.abs(rowsOf(cwd, 'story', label, 'metrics.jsonl')[0]?.['market/resource_residual'] ?? NaN);
  expect(residual('correct')).toBeLessThan(1e-4);
  expect(residual('faulty')).toBeGreaterThan(0.1);
  const verdict = JSON.parse(textOf(cwd, 'story', 'verdict.json')) as Record<string, unknown>;
  expect(Object.keys(verdict)).toEqual(['faults', 'cells', 'differences']);

  const again = await plumbline(['reproduce', ...args], { cwd });
  expect(again.code).toBe(2);
  expect(again.stderr).toMatch(/out-not-empty/);
});

test('a run of an agent that is stopped half-way is gone on with; without --out nothing is left', async () => {
  const cwd = folder();
  const { code, stdout } = await plumbline(
    ['reproduce', 'ppo/resume-incomplete-step', '--steps', '4096', '--seed', '2'],
    { cwd },
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/stopped half-way and gone on with/);
  expect(stdout).toMatch(/losses\/\S+ +\S+ → /);
  expect(existsSync(join(cwd, 'runs'))).toBe(false);
});

test('a fault that no trainer has is shown to its laws alone', async () => {
  const { code, stdout } = await plumbline(['reproduce', 'training/draws-in-float32']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/No trainer has what it replaces/);
});
