import { describe, expect, test } from 'vitest';
import { describeDamage } from '../damage.ts';
import { logFolder } from '../log-folder.ts';
import { readWhole, seriesOf } from '../reading.ts';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const STORE = 'fixtures/logs/mlflow/mlruns';
const RUNS = readdirSync(STORE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('metrics'))
  .map((path) => join(STORE, path, '..'))
  .sort();

describe('MLflow', () => {
  test('runs of an experiment, with their parameters', async () => {
    const { runs, problems } = await readWhole([STORE]);
    expect(problems).toEqual([]);
    expect(runs.map(({ head }) => head.id)).toEqual(RUNS);
    for (const [index, run] of runs.entries()) {
      expect(run).toMatchObject({ head: { format: 'mlflow' }, problems: [], others: [], resumes: [] });
      const rate = [0.1, 0.5][index];
      expect(run.config).toMatchObject({
        learning_rate: rate,
        nesterov: true,
        'model/name': 'line',
        tags: { purpose: 'fixture' },
        meta: { run_name: `rate-${rate}` },
      });
      const losses = seriesOf(run, 'loss');
      expect(losses.map(([step]) => step)).toEqual([0, 10, 20, 30, 40]);
      expect(losses[4]).toEqual([40, [Number.NaN, Infinity][index]]);
      expect(seriesOf(run, 'gradient/norm')[0]).toEqual([0, rate]);
      expect(seriesOf(run, 'validation loss').map(([step]) => step)).toEqual([0, 20, 40]);
    }
    const [first] = runs;
    expect(
      first?.rows.map(({ step, wallTime, values }) => [step, wallTime, Object.keys(values).sort()]),
    ).toEqual(
      [0, 10, 20, 30, 40].flatMap((step) => [
        [step, 1_700_000_000 + step / 10, ['gradient/norm', 'loss']],
        ...(step % 20 === 0 ? [[step, 1_700_000_000.03 + step / 10, ['validation loss']]] : []),
      ]),
    );
  });

  test('values that were logged without a step are counted', async () => {
    const folder = logFolder({
      'meta.yaml': 'run_name: stepless\n',
      'metrics/a': '1000 1 0\n2000 2 0\n3000 3 0\n',
      'metrics/b': '1000 5 0\n',
    });
    const { runs } = await readWhole([folder]);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.problems.map(({ kind }) => kind)).toEqual(['steps-are-rows']);
    expect(runs[0]?.rows.map(({ step, values }) => [step, { ...values }])).toEqual([
      [1, { a: 1, b: 5 }],
      [2, { a: 2 }],
      [3, { a: 3 }],
    ]);
  });

  test('metrics are merged in the order of time; damaged lines are reported with their place', async () => {
    const folder = logFolder({
      'meta.yaml': 'run_name: odd\nartifact_uri: file:///etc\n',
      'params/lr': '1e-3',
      'metrics/a': '1000 1 1\n2000 2 2\nbad line\n1500 3 3\n3000 4 4\n',
      'metrics/b': '1000 5 1\n1000 6 2 name digest\n2500 8 3',
      'metrics/group/old': '1999 7\n',
      'artifacts/step.csv': 'step,loss\n1,2\n',
    });
    const { runs } = await readWhole([folder]);
    expect(runs).toHaveLength(1);
    expect(
      runs.flatMap(({ rows }) => rows).map(({ step, wallTime, values }) => [wallTime, step, { ...values }]),
    ).toEqual([
      [1, 1, { a: 1, b: 5 }],
      [1, 2, { b: 6 }],
      [1.999, 0, { 'group/old': 7 }],
      [2, 2, { a: 2 }],
      [1.5, 3, { a: 3 }],
      [3, 4, { a: 4 }],
    ]);
    expect(
      runs
        .flatMap(({ problems }) => problems)
        .map(({ kind, place }) => [kind, place.file.slice(folder.length), place.line]),
    ).toEqual([
      ['record-cut-off', '/metrics/b', 3],
      ['record-not-understood', '/metrics/a', 3],
    ]);
    expect(runs[0]?.config).toEqual({ lr: 1e-3, meta: { run_name: 'odd', artifact_uri: 'file:///etc' } });
  });
});

describeDamage('a metric of MLflow', {
  path: RUNS[0] ?? '',
  file: 'metrics/loss',
  // No line break is doubled: an empty line is no value.
  isWhole: (bytes, length) => length === 0 || bytes[length - 1] === 10,
});
