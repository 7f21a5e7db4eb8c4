import { describe, expect, test } from 'vitest';
import { describeDamage, endsWithLine } from '../damage.ts';
import { logFolder } from '../log-folder.ts';
import { readWhole, seriesOf } from '../reading.ts';

const FOLDER = 'fixtures/logs/deepxde';
const STEPS = [0, 10, 20, 30, 40, 50, 60];

async function readOne(path: string) {
  const { runs, problems } = await readWhole([path]);
  expect(problems).toEqual([]);
  const [run, ...more] = runs;
  if (run === undefined) throw new Error('no run');
  expect(more).toEqual([]);
  expect(run.head.format).toBe('deepxde');
  return run;
}

describe('DeepXDE loss.dat', () => {
  test('one loss and no metric', async () => {
    const run = await readOne(`${FOLDER}/one-loss`);
    expect(run.problems).toEqual([]);
    expect(Object.keys(run.rows[0]?.values ?? {})).toEqual(['loss_train', 'loss_test']);
    expect(seriesOf(run, 'loss_train').map(([step]) => step)).toEqual(STEPS);
  });

  test('several losses, and a metric: how many of each is said to be open', async () => {
    const run = await readOne(`${FOLDER}/two-losses`);
    expect(run.problems.map(({ kind }) => kind)).toEqual(['names-open']);
    expect(Object.keys(run.rows[0]?.values ?? {})).toEqual([
      'loss_train/0',
      'loss_train/1',
      'loss_test/0',
      'loss_test/1',
      'metrics_test',
    ]);
    expect(seriesOf(run, 'metrics_test').map(([step]) => step)).toEqual(STEPS);
  });

  test('an appended run has its own header', async () => {
    const run = '# step, loss_train, loss_test, metrics_test\n0 1e-1 2e-1\n10 nan 1e-1\n';
    const { runs } = await readWhole([logFolder({ 'loss.dat': run + run.replace('2e-1', '2e-1 3') })]);
    expect(runs.map(({ rows }) => rows.length)).toEqual([2, 1]);
    expect(runs.flatMap(({ problems }) => problems).map(({ kind, place }) => [kind, place.line])).toEqual([
      ['header-changed', 4],
      ['cells-missing', 6],
    ]);
  });
});

describeDamage('loss.dat', { path: `${FOLDER}/one-loss/loss.dat`, isWhole: endsWithLine });
