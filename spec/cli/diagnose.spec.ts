import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plumbline } from './plumbline.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-diagnose-'));
const healthy = join(folder, 'healthy.jsonl');
const sick = join(folder, 'sick.jsonl');
beforeAll(() => {
  const rows = (loss: (step: number) => number): string =>
    Array.from({ length: 40 }, (_, step) => `${JSON.stringify({ step, loss: loss(step) })}\n`).join('');
  writeFileSync(
    healthy,
    rows((step) => 0.9 ** step),
  );
  writeFileSync(
    sick,
    rows((step) => (step < 20 ? 0.9 ** step : 50 * step)),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('plumbline diagnose', () => {
  test('a healthy run ends with 0', async () => {
    const { code, stdout } = await plumbline(['diagnose', healthy]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^healthy {2}.*healthy\.jsonl/);
  });

  test('a sick one with 1, its cause first, with step and line', async () => {
    const { code, stdout } = await plumbline(['diagnose', sick]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^sick {2}/);
    expect(stdout).toContain('general/divergence  the loss grows, between steps 19 and');
    expect(stdout).toContain('sick.jsonl, line');
  });

  test('several runs are as sick as the sickest, and JSON says which', async () => {
    const { code, stdout } = await plumbline(['diagnose', folder, '--json']);
    expect(code).toBe(1);
    const report = JSON.parse(stdout) as { verdict: string; runs: { id: string; verdict: string }[] };
    expect(report.verdict).toBe('sick');
    expect(report.runs.map(({ verdict }) => verdict)).toEqual(['healthy', 'sick']);
  });

  test('a path that is not there, and a checklist that is not there: 2, and one error', async () => {
    expect(await plumbline(['diagnose', join(folder, 'none')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('path-missing') as string,
    });
    expect(await plumbline(['diagnose', healthy, '--checklist', 'genral'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('perhaps general') as string,
    });
  });
});

test('plumbline checks explains a check, with its limits in a checklist', async () => {
  const { code, stdout } = await plumbline(['checks', 'general/divergence']);
  expect(code).toBe(0);
  expect(stdout).toContain('factor 10: level at the end');
  const { stdout: json } = await plumbline(['checks', '--checklist', 'bewley', '--json']);
  const listed = JSON.parse(json) as { id: string; required: boolean }[];
  expect(listed.find(({ id }) => id === 'economics/resource-residual')?.required).toBe(true);
});
