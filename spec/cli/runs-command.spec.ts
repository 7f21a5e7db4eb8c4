import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runsCommand } from '../../src/cli/runs.ts';
import type { ProblemGroup } from '../../src/runs/index.ts';
import { logFolder } from '../runs/log-folder.ts';

/** What the command prints, and its exit code. */
async function run(paths: readonly string[], options: Readonly<Record<string, unknown>> = {}) {
  let stdout = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  onTestFinished(() => {
    spy.mockRestore();
  });
  const code = await runsCommand.run(paths, { alias: [], ...options });
  spy.mockRestore();
  return { code, stdout };
}

const text = (content: string): string => `${logFolder({ 'log.jsonl': content })}/log.jsonl`;

describe('plumbline runs, at the terminal', () => {
  test('nothing that a terminal obeys is printed, and JSON means the same', async () => {
    const name = 'a\u009b31m\u0085\u007f\u202e\u{e0001}\u001b[2Jb';
    const log = text(`{"step":1,${JSON.stringify(name)}:1,"note":"\u009d"}\n{"step":2,"x":1}\n{"\u009b31m\n`);
    // eslint-disable-next-line no-control-regex -- what is looked for
    const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|\u{e0001}/u;
    const plain = await run([log]);
    expect(plain.stdout).not.toMatch(obeyed);
    const json = await run([log], { json: true });
    expect(json.stdout).not.toMatch(obeyed);
    const report = JSON.parse(json.stdout) as { runs: { series: { name: string }[] }[] };
    expect(report.runs[0]?.series[0]?.name).toBe(name);
  });

  test.each(['=a', '\n=a', '\ta', '\r-a', '  +a', '＝a', '@a'])(
    '%j in a table is no formula',
    async (name) => {
      const log = text(`{"step":1,${JSON.stringify(name)}:1}\n{"step":2,"x":1}\n`);
      const csv = `${log}.csv`;
      await run([log], { csv });
      const rows: Record<string, string>[] = parse(readFileSync(csv, 'utf8'), { columns: true });
      expect(rows[0]?.['metric']).toBe(`'${name}`);
    },
  );

  test('whole numbers are shown in full', async () => {
    const { stdout } = await run([
      text('{"step":3000000001,"n":9007199254740991}\n{"step":4000000007,"n":1}\n'),
    ]);
    expect(stdout).toContain('3000000001 – 4000000007');
    expect(stdout).toContain('9007199254740991');
  });
});

const LOGS = [
  'csv/training.csv',
  'json-lines/nested.jsonl',
  'json-array/history.json',
  'json-columns/history.json',
  'transformers/run/checkpoint-4/trainer_state.json',
  'stable-baselines3/run/progress.csv',
  'stable-baselines3/run/0.monitor.csv',
  'lightning/run/metrics.csv',
  'deepxde/one-loss/loss.dat',
  'wandb-chart/two-runs.csv',
  'wandb/failed/run-failed.wandb',
  'tensorboard/torch/events.out.tfevents.1700000000.host.1.0',
];

interface Report {
  readonly runs: readonly {
    readonly series: readonly object[];
    readonly problems: readonly ProblemGroup[];
  }[];
  readonly problems: readonly ProblemGroup[];
}

test('damaged logs: nothing is thrown, the exit code is 0 or 2, and the JSON says why', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const damage = fc.record({
    log: fc.constantFrom(...LOGS),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.oneof(fc.nat(40), fc.constant(Infinity)),
    insert: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constant(Buffer.from('\u009b2J,"{\n'))),
    isNamed: fc.boolean(),
  });
  let [count, lost] = [0, 0];
  await fc.assert(
    fc.asyncProperty(damage, async ({ log, at, drop, insert, isNamed }) => {
      const bytes = readFileSync(`fixtures/logs/${log}`);
      const from = Math.floor(at * bytes.length);
      const into = join(folder, String((count += 1)));
      const file = join(into, basename(log));
      mkdirSync(into);
      writeFileSync(file, Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + drop)]));
      const csv = join(folder, 'series.csv');
      const { code, stdout } = await run([isNamed ? file : into], { json: true, csv });
      const { runs, problems } = JSON.parse(stdout) as Report;
      const told = [...problems, ...runs.flatMap((one) => one.problems)];
      for (const { summary, examples } of told) {
        expect(summary.length).toBeGreaterThan(10);
        for (const { what, place } of examples) {
          expect(what.length).toBeGreaterThan(10);
          expect(place.file.startsWith(into)).toBe(true);
        }
      }
      const isLost = told.some((group) => group.lost);
      const isEmpty = runs.every(({ series }) => series.length === 0);
      expect(code).toBe(isLost || isEmpty ? 2 : 0);
      if (isLost) lost += 1;
      expect([0, 2]).toContain((await run([into])).code);
      parse(readFileSync(csv, 'utf8'), { columns: true });
    }),
    { numRuns: 100 },
  );
  // Most damage is of a kind that cannot be overlooked.
  expect(lost).toBeGreaterThan(30);
});
