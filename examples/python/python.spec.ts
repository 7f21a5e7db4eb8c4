import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { plumbline } from '../../spec/cli/plumbline.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OWN_PYTHON = fileURLToPath(new URL('../../.plumbline/python/bin/python', import.meta.url));
const python = existsSync(OWN_PYTHON) ? OWN_PYTHON : 'python3';
const imports = (module: string): boolean => spawnSync(python, ['-c', `import ${module}`]).status === 0;

const gate = (command: string, ...args: readonly string[]) => {
  const counterexamples = mkdtempSync(join(tmpdir(), 'plumbline-'));
  return plumbline(
    ['gate', '--subject', command, '--seed', '1', '--counterexamples', counterexamples, ...args],
    {
      cwd: HERE,
    },
  );
};

/** The ten bugs, by the operation in which each shows and the law that must name it. */
const BUGS = [
  ['bewley/labor-foc-sign', 'bewley.laborCondition', 'bewley/labor-foc'],
  ['bewley/complementarity-sign', 'bewley.complementarity', 'bewley/complementarity'],
  ['bewley/consumption-tax-unpaid', 'bewley.budget', 'bewley/budget'],
  ['bewley/euler-wealth-term', 'bewley.eulerResidual', 'bewley/euler-residual'],
  ['nk/euler-sign', 'nk.residuals', 'nk/residuals'],
  ['nk/step-changes-shape', 'nk.step', 'nk/transition'],
  ['normaliser/double-counts', 'normaliser.transform', 'normaliser/dtype'],
  ['ppo/gae-no-reset', 'ppo.advantages', 'ppo/advantages'],
  ['ppo/explained-variance-broadcast', 'ppo.explainedVariance', 'ppo/explained-variance'],
  ['nk/cosine-off-by-one', 'training.learningRate', 'training/learning-rate'],
] as const;

describe.skipIf(!imports('sys'))('Python without any package (skipped where there is no python3)', () => {
  test('what `plumbline init` writes passes as it stands', { timeout: 120_000 }, async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'plumbline-'));
    await plumbline(['init'], { cwd });
    const args = ['gate', '--subject', `"${python}" my_subject.py`, '--seed', '1'];
    const validated = await plumbline([...args, '--validate'], { cwd });
    expect(validated).toMatchObject({ code: 0 });
    const { code, stdout } = await plumbline(args, { cwd });
    expect(stdout).toContain('PASSED: of my models 1 laws hold');
    expect(code).toBe(0);
  });
});

describe.skipIf(!imports('torch'))('PyTorch (skipped without it: npm run setup:pytorch)', () => {
  test('the adapter of the example can be believed', { timeout: 180_000 }, async () => {
    const args = ['gate', '--subject', `"${python}" subject.py`, '--seed', '1', '--validate'];
    const { code, stdout } = await plumbline(args, { cwd: HERE });
    expect(stdout).not.toContain('WRONG');
    expect(code).toBe(0);
  });

  test('the right subject obeys every law that it has operations for', { timeout: 600_000 }, async () => {
    const { code, stdout } = await gate(`"${python}" subject.py`);
    expect(stdout).not.toContain('✖');
    expect(stdout).toContain('Adapter broken on purpose (9 of 9 defects noticed)');
    for (const engine of ['float32@cpu', 'float64@cpu', 'float32@meta', 'float64@meta'])
      expect(stdout).toMatch(new RegExp(`${engine} .* laws hold`));
    expect(code).toBe(0);
  });

  test('each of ten bugs is named in the first line of its report', { timeout: 600_000 }, async () => {
    const { code, stdout } = await gate(
      `"${python}" faulty_subject.py`,
      ...['--no-power', '--engines', 'float32@cpu'],
    );
    for (const [bug, operation, law] of BUGS) {
      const headline = stdout
        .split('\n')
        .find((line) => line.startsWith(`✖ ${operation} violates ${law} on `));
      expect(headline, bug).toMatch(/ is off by .* times the bound| is .*, not /);
    }
    expect(code).toBe(1);
  });
});
