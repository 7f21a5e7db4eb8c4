import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeDamage, endsWithLine } from '../damage.ts';
import { readWhole, seriesOf } from '../reading.ts';

const RUN = 'fixtures/runs/explosion';

test('a run directory is one run, with its configuration, its seed and its faults', async () => {
  const { runs, problems } = await readWhole([RUN]);
  expect(problems).toEqual([]);
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({
    head: { id: RUN, format: 'plumbline' },
    problems: [],
    config: {
      discount: 0.99,
      run: { model: 'ppo', seed: 1, engine: 'tensorflow', faults: ['ppo/batch-collapse'] },
    },
  });
});

test('values are those of the file, under the names that its TensorBoard file has', async () => {
  const lines = readFileSync(join(RUN, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const logged = lines.map((line) => JSON.parse(line) as Record<string, number>);
  const [run] = (await readWhole([RUN])).runs;
  if (run === undefined) throw new Error('no run');
  expect(seriesOf(run, 'losses/value_loss')).toEqual(
    logged.map((row) => [row['step'], row['losses/value_loss']]),
  );
  expect(seriesOf(run, 'metrics/global_step')).toEqual(
    logged.map((row) => [row['step'], row['global_step']]),
  );
});

test('timing is read beside the metrics, and a configuration that is damaged is told of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  try {
    cpSync(RUN, folder, { recursive: true });
    writeFileSync(join(folder, 'timing.jsonl'), '{"step":0,"rssBytes":5}\n{"step":1024,"rssBytes":6}\n');
    const config = readFileSync(join(folder, 'config.yaml'), 'utf8');
    writeFileSync(join(folder, 'config.yaml'), `${config}\n\t: {`);
    const [run] = (await readWhole([folder])).runs;
    if (run === undefined) throw new Error('no run');
    expect(seriesOf(run, 'timing/rssBytes')).toEqual([
      [0, 5],
      [1024, 6],
    ]);
    expect(run.problems).toMatchObject([{ kind: 'record-not-understood' }]);
    expect(run.resumes).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a link in a run directory is not followed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  try {
    writeFileSync(join(folder, 'secret.jsonl'), '{"step":0,"password":5}\n');
    cpSync(RUN, join(folder, 'run'), { recursive: true });
    symlinkSync(join(folder, 'secret.jsonl'), join(folder, 'run', 'timing.jsonl'));
    const { runs } = await readWhole([join(folder, 'run')]);
    expect(JSON.stringify(runs)).not.toContain('password');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describeDamage('a run directory', {
  path: 'fixtures/logs/plumbline/run',
  file: 'metrics.jsonl',
  isWhole: endsWithLine,
});
