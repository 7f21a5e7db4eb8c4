import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plumbline } from './plumbline.ts';

let folder: string;
let log: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  log = join(folder, 'log.jsonl');
  const steps = [0, 1, 2, 3, 2, 3, 4, 30];
  const rows = steps.map((step) => ({ step, 'train/entropy_loss': -step, mine: 2 * step, '=cmd': 1 }));
  writeFileSync(log, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('plumbline runs', () => {
  it('says what is there: metrics with the names they have here, resumes, gaps', async () => {
    const { stdout, code } = await plumbline(['runs', log, '--alias', 'mine=value-loss']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/train\/entropy_loss\s+entropy × -1\s+8\s+0 – 30/);
    expect(stdout).toMatch(/mine\s+value-loss /);
    expect(stdout).toMatch(/resumed once: from 2 after 3 \(.*log\.jsonl, line 5\)/);
    expect(stdout).toMatch(/gaps: nothing from step 4 to 30/);
  });

  it('gives the same as JSON, and every value as a row of a table', async () => {
    const csv = join(folder, 'series.csv');
    const { stdout, code } = await plumbline(['runs', log, '--json', '--csv', csv]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { kind: string; runs: { series: object[]; rows: number }[] };
    expect(report).toMatchObject({ kind: 'plumbline runs', runs: [{ rows: 8, resumes: { count: 1 } }] });
    expect(report.runs[0]?.series[0]).toMatchObject({
      name: 'train/entropy_loss',
      canonical: 'entropy',
      factor: -1,
    });
    const rows: Record<string, string>[] = parse(readFileSync(csv, 'utf8'), { columns: true });
    expect(rows).toHaveLength(24);
    expect(rows[12]).toMatchObject({
      metric: 'train/entropy_loss',
      canonical: 'entropy',
      step: '2',
      value: '-2',
      canonical_value: '2',
      resumes: '1',
      file: log,
      line: '5',
    });
    // A spreadsheet would run it.
    expect(rows[2]?.['metric']).toBe("'=cmd");
  });

  it('what is lost makes it exit 2, and is told with file and line; what was written of the table stays whole', async () => {
    const damaged = join(folder, 'damaged.jsonl');
    writeFileSync(damaged, '{"step":1,"a":1}\n{"step":2,\u001b[31m\n{"step":3,"a":1}\n{"step":4,"a');
    const { stdout, code } = await plumbline(['runs', damaged]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/damaged\.jsonl, line 2: not a JSON object/);
    expect(stdout).toMatch(/the file ends in the middle of a record\n.*damaged\.jsonl, line 4/);
    expect(stdout).not.toContain('\u001b[31m');
  });

  it.each([
    [['runs'], /path-missing/],
    [['runs', '/no/such/log'], /path-missing/],
    [['runs', '.', '--alias', 'loss'], /alias-invalid/],
    [['runs', '.', '--alias', 'mine=value-los'], /perhaps value-loss/],
    [['runs', '.', '--csv', '/proc/no/series.csv'], /not-writable/],
  ])('%j: exit 2, and what to do', async (args, story) => {
    const { stderr, code } = await plumbline(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(story);
  });

  it('a folder without a run: exit 2', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    const { stdout, code } = await plumbline(['runs', empty]);
    expect([code, stdout]).toEqual([2, 'No run was found.\n']);
  });

  it('Ctrl-C leaves no half of a table', async () => {
    const big = join(folder, 'big.jsonl');
    const row = (step: number): string =>
      `${JSON.stringify({ step, ...Object.fromEntries(Array.from({ length: 40 }, (_, k) => [`m${k}`, step * k])) })}\n`;
    writeFileSync(big, Array.from({ length: 60_000 }, (_, step) => row(step)).join(''));
    const into = mkdtempSync(join(folder, 'csv-'));
    const args = ['runs', big, '--csv', join(into, 'series.csv')];
    const { code } = await plumbline(args, { interruptAfterMs: 5_000 });
    expect(readdirSync(into)).toEqual(code === 0 ? ['series.csv'] : []);
  });

  it('lists the names that it knows', async () => {
    const { stdout, code } = await plumbline(['runs', '--names']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/kl-k3\s+neither\s+KL of the update by ρ − 1 − log ρ/);
  });
});
