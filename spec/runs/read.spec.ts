import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readWhole } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function runsOf(name: string, rows: readonly object[]) {
  const file = join(folder, name);
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return (await readWhole([file])).runs.map((run) => ({
    steps: run.rows.map(({ step }) => step),
    resumes: run.resumes,
    kinds: run.problems.map(({ kind }) => kind),
    times: run.rows.map(({ wallTime }) => wallTime),
  }));
}

const steps = (from: number, to: number): object[] =>
  Array.from({ length: to - from }, (_, index) => ({ step: from + index, loss: 1 }));

const epochs = (...which: readonly number[]): object[] =>
  which.flatMap((epoch) => [0, 1, 2].map((batch) => ({ epoch, batch, loss: 1 })));

describe('readLogs', () => {
  test('a run that was appended to another is a run of its own', async () => {
    const runs = await runsOf('appended.jsonl', [...steps(0, 3), ...steps(0, 2)]);
    expect(runs.map((run) => run.steps)).toEqual([
      [0, 1, 2],
      [0, 1],
    ]);
  });

  test('a run that goes on from an earlier step was resumed', async () => {
    const [run, ...more] = await runsOf('resumed.jsonl', [...steps(0, 5), ...steps(2, 6)]);
    expect(more).toEqual([]);
    expect(run?.resumes).toEqual([{ from: 4, to: 2 }]);
  });

  test('epochs of batches: of a run behind another, and of one that was resumed, steps are those that they were', async () => {
    const appended = await runsOf('epochs.jsonl', [...epochs(0, 1), ...epochs(0, 1)]);
    expect(appended.map((run) => run.steps)).toEqual([
      [0, 1, 2, 3, 4, 5],
      [0, 1, 2, 3, 4, 5],
    ]);
    const [resumed] = await runsOf('epochs-resumed.jsonl', [...epochs(0, 1, 2), ...epochs(1, 2)]);
    expect(resumed?.steps.slice(9)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(resumed?.resumes).toEqual([{ from: 8, to: 3 }]);
  });

  test('rows of which the newest comes first are no run each', async () => {
    const runs = await runsOf('newest-first.jsonl', steps(0, 50).reverse());
    expect(runs.length).toBeLessThan(5);
    expect(runs.flatMap(({ kinds }) => kinds)).toEqual(['steps-fall']);
    expect(runs.flatMap((run) => run.steps)).toHaveLength(50);
  });

  test('a time that is no date is none', async () => {
    const [run] = await runsOf('times.jsonl', [{ step: 1, _timestamp: 1e300, loss: 1 }]);
    expect(run?.times).toEqual([undefined]);
  });
});
