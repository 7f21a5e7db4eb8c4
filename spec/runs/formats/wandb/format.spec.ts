import { describe, expect, test } from 'vitest';
import { describeDamage } from '../../damage.ts';
import type { ReadRun } from '../../reading.ts';
import { readWhole, seriesOf } from '../../reading.ts';

const PATH = 'fixtures/logs/wandb';

async function runAt(name: string): Promise<ReadRun> {
  const { runs, problems } = await readWhole([`${PATH}/${name}`]);
  expect(problems).toEqual([]);
  const [run, ...more] = runs;
  if (run === undefined) throw new Error('no run');
  expect(more).toEqual([]);
  return run;
}

const METRICS = ['train.loss', 'train.grad_norm', 'lr', 'eval/return', '_runtime'];

describe('a run of Weights & Biases', () => {
  test('its .wandb file', async () => {
    const run = await runAt('whole');
    expect(run.head).toMatchObject({ format: 'wandb', id: `${PATH}/whole` });
    expect([run.problems, run.resumes]).toEqual([[], []]);
    expect(run.config).toEqual({ lr: 3e-4, optimizer: { name: 'adam', betas: [0.9, 0.999] }, seed: 1 });
    expect(run.others).toEqual(['note', 'weights']);
    expect(seriesOf(run, 'train.loss')).toEqual(
      Array.from({ length: 12 }, (_, step) => [step, 1 / (1 + step)]),
    );
    expect(seriesOf(run, 'eval/return')).toEqual([
      [3, -0.5],
      [7, 3.5],
      [11, Number.NaN],
    ]);
    expect(run.rows[0]?.wallTime).toBeGreaterThan(1.7e9);
    expect(Object.keys(run.rows[3]?.values ?? {}).sort()).toEqual([...METRICS].sort());
  });

  // No CSV of pandas says which of a column's empty cells was a NaN.
  test.each(['history.jsonl', 'history.json', 'history.csv'])('%s says the same', async (name) => {
    const [run, again] = [await runAt('whole'), await runAt(name)];
    expect(
      again.rows.map(({ step, wallTime, values }) => ({ step, wallTime, values: { ...values } })),
    ).toEqual(run.rows.map(({ step, wallTime, values }) => ({ step, wallTime, values: { ...values } })));
    expect([again.others, again.problems]).toEqual([run.others, []]);
  });

  test('one that failed', async () => {
    const run = await runAt('failed');
    expect([run.rows.length, run.others, run.problems]).toEqual([3, ['exit'], []]);
  });
});

describeDamage('a .wandb file', {
  path: `${PATH}/failed`,
  file: 'run-failed.wandb',
  // The record of the exit is the last.
  isWhole: () => false,
});
