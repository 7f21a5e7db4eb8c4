import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { solveCommand } from '../../src/cli/solve.ts';
import { parseSolveOptions } from '../../src/cli/solve/options.ts';
import { plumbline } from './plumbline.ts';

test('plumbline solve bewley: a table, and everything with the policies in a file', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'solution.json');
  const small = ['--nodes', '3', '--points', '60', '--top', '200', '--set', 'preferences.beta=0.95'];
  const { code, stdout, stderr } = await plumbline(['solve', 'bewley', 'no-tax', ...small, '--out', file]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/K\/L +\d\.\d+/);
  expect(stdout).toMatch(/3 × 60, 200/);
  const solution = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  expect(solution).toMatchObject({
    model: 'bewley',
    method: 'endogenous-grid',
    presets: ['no-tax'],
    configuration: { preferences: { beta: 0.95 } },
    grid: { nodes: 3, points: 60, top: 200 },
  });
  const { policies } = solution as { policies: { assets: number[]; saved: number[][] } };
  expect(policies.assets).toHaveLength(60);
  expect(policies.saved).toHaveLength(3);
});

test('plumbline solve bewley --json: every figure in full, and no policies', async () => {
  const { code, stdout } = await plumbline(['solve', 'bewley', 'documented', 'one-type', '--json']);
  expect(code).toBe(0);
  const solution = JSON.parse(stdout) as Record<string, unknown>;
  expect(solution['policies']).toBeUndefined();
  expect(solution).toMatchObject({ method: 'steady-state', residuals: { market: 0 } });
  const names = [
    'capitalLabor',
    'capital',
    'labor',
    'wage',
    'mpk',
    'consumption',
    'savingsRatio',
    'shareConstrained',
    'giniWealth',
  ];
  for (const name of names) expect(solution[name]).toEqual(expect.any(Number));
});

test('plumbline solve without a solution: says why, and exit 2', async () => {
  const args = ['solve', 'bewley', 'no-tax', '--set', 'taxes.wealth.tau=-0.2'];
  const { code, stdout, stderr } = await plumbline(args);
  expect(stderr).toMatch(/no-equilibrium/);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test.each([
  ['no model', [], {}, /model-missing/],
  ['an unknown model', ['bewly'], {}, /model-unknown[\s\S]*did you mean bewley\?/],
  ['an unknown preset', ['bewley', 'documentd'], {}, /preset-unknown[\s\S]*did you mean documented\?/],
  ['an unknown key', ['bewley'], { set: ['taxes.vat=1'] }, /configuration-unknown-key/],
  ['a grid that is none', ['bewley', 'no-tax'], { points: '2' }, /grid-invalid/],
  ['wealth without a law', ['bewley', 'no-tax', 'complete'], {}, /wealth-indeterminate/],
])('plumbline solve refuses %s', async (_what, args, options, message) => {
  await expect(solveCommand.run(args, options)).rejects.toThrow(message);
});

describe('parseSolveOptions', () => {
  it('leaves out what was not given', () => {
    expect(parseSolveOptions(['us'], {})).toEqual({
      presets: ['us'],
      set: [],
      grid: {},
      refined: false,
      json: false,
      quiet: false,
    });
  });

  it.each([
    [{ nodes: '9.5' }, '--nodes'],
    [{ points: 'many' }, '--points'],
    [{ top: '-3' }, '--top'],
    [{ deviations: '' }, '--deviations'],
  ])('refuses %j', (raw, flag) => {
    expect(() => parseSolveOptions([], raw)).toThrow(
      new RegExp(`${flag}[\\s\\S]*option-invalid|option-invalid`),
    );
  });
});
