import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeDamage, endsWithLine } from '../../damage.ts';
import { readWhole, seriesOf } from '../../reading.ts';

const PATH = 'fixtures/logs/wandb-chart/two-runs.csv';

async function readText(...lines: readonly string[]) {
  const file = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'wandb_export.csv');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return readWhole([file]);
}

describe('a chart export of Weights & Biases', () => {
  test('each run by its name, each metric where it has a value', async () => {
    const { runs, problems } = await readWhole([PATH]);
    expect(problems).toEqual([]);
    expect(runs.map(({ head, problems: own }) => [head.format, head.id, own])).toEqual([
      ['wandb-chart', `${PATH}#bright-sun-1`, []],
      ['wandb-chart', `${PATH}#dry - run-2`, []],
    ]);
    const [first, second] = runs;
    if (first === undefined || second === undefined) throw new Error('no runs');
    expect(seriesOf(first, 'train/loss')).toHaveLength(12);
    expect(seriesOf(first, 'eval/return')).toEqual([0, 10, 20, 30, 40, 50].map((step) => [step, 2.5 * step]));
    expect(seriesOf(second, 'train/loss').slice(-2)).toEqual([
      [35, 0.055556],
      [40, Number.NaN],
    ]);
    expect(second.others).toEqual([
      'train/loss__MIN',
      'train/loss__MAX',
      'eval/return__MIN',
      'eval/return__MAX',
    ]);
  });

  test('two runs of one name are two runs', async () => {
    const { runs } = await readText(
      'Step,a - loss,a - loss__MIN,a - loss__MAX,a - loss,a - loss__MIN,a - loss__MAX',
      '1,2,2,2,9,9,9',
      '2,1,1,1,8,8,8',
    );
    expect(runs.map((run) => [run.head.id.split('#')[1], seriesOf(run, 'loss'), run.problems])).toEqual([
      [
        'a',
        [
          [1, 2],
          [2, 1],
        ],
        [],
      ],
      [
        'a (2)',
        [
          [1, 9],
          [2, 8],
        ],
        [],
      ],
    ]);
  });

  test('points that are means of several are said to be', async () => {
    const { runs } = await readText(
      'Step,a - loss,a - loss__MIN,a - loss__MAX',
      '1,2,2,2',
      '2,2,1,3',
      '3,2,1,3',
    );
    expect(runs[0]?.problems).toMatchObject([{ kind: 'chart-of-means', place: { line: 3 } }]);
  });

  test('an axis of time is said; cells that are no number, and rows that do not fit, too', async () => {
    const { runs, problems } = await readText(
      '"Relative Time (Process)","a - loss","a - loss__MIN","a - loss__MAX"',
      '"0.5","2","2","2"',
      '"x","2","2","2"',
      '"1","2","2"',
      '"1","two","2","2"',
    );
    expect(problems.map(({ kind }) => kind)).toEqual(['chart-of-time', 'cells-missing', 'cells-missing']);
    expect(runs.map((run) => [seriesOf(run, 'loss'), run.others.at(-1)])).toEqual([[[[0.5, 2]], 'loss']]);
  });

  test('steps that have a column are the steps, whatever the axis is', async () => {
    const { runs, problems } = await readText(
      '"Wall Time","a - _step","a - _step__MIN","a - _step__MAX","a - loss"',
      '"1700000000","5","5","5","2"',
      '"1700000009","6","6","6","1"',
    );
    expect(problems).toEqual([]);
    expect(runs.map((run) => run.rows.map(({ step, values }) => [step, { ...values }]))).toEqual([
      [
        [5, { loss: 2 }],
        [6, { loss: 1 }],
      ],
    ]);
  });

  test('a metric whose own name ends in __MIN, and a table that is no chart', async () => {
    const { runs } = await readText('Step,a - x__MIN,a - y,a - y__MIN,a - y__MAX', '1,5,2,2,2');
    expect(runs.map((run) => seriesOf(run, 'x__MIN'))).toEqual([[[1, 5]]]);
    const other = await readText('Step,a - x,a - y', '1,5,2', '2,5,2');
    expect(other.runs.map(({ head }) => head.format)).not.toContain('wandb-chart');
  });
});

describeDamage('a chart export', { path: PATH, isWhole: endsWithLine });
