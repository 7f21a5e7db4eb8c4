import { copyFileSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeDamage } from '../../damage.ts';
import type { ReadRun } from '../../reading.ts';
import { readWhole, seriesOf } from '../../reading.ts';
import { boundsOf } from './events.ts';

const PATH = 'fixtures/logs/tensorboard';

async function runAt(name: string): Promise<ReadRun> {
  const { runs, problems } = await readWhole([join(PATH, name)]);
  expect(problems).toEqual([]);
  const [run, ...more] = runs;
  if (run === undefined) throw new Error('no run');
  expect(more).toEqual([]);
  return run;
}

const singles = (run: ReadRun, name: string) =>
  seriesOf(run, name).map(([step, value]) => [step, Math.fround(value)]);

describe('event files', () => {
  test.each(['torch.jsonl', 'torch.csv'])('of PyTorch: the same as %s, to single precision', async (name) => {
    const [events, lines] = [await runAt('torch'), await runAt(name)];
    expect(events.head).toMatchObject({ format: 'tensorboard', id: join(PATH, 'torch') });
    expect([events.problems, events.resumes, events.others]).toEqual([[], [], []]);
    for (const metric of ['train/loss', 'train/grad_norm', 'reward']) {
      expect(seriesOf(events, metric)).toHaveLength(10);
      expect(seriesOf(events, metric)).toEqual(singles(lines, metric));
    }
    const timesOf = (run: ReadRun) => new Map(run.rows.map(({ step, wallTime }) => [step, wallTime]));
    expect(timesOf(events)).toEqual(timesOf(lines));
  });

  test('tensors of one number, settings, and what is no number', async () => {
    const run = await runAt('kinds');
    expect(seriesOf(run, 'simple')).toEqual([0, 1, 2].map((step) => [step, Math.fround(step / 3)]));
    expect(seriesOf(run, 'tensor')).toEqual(seriesOf(run, 'simple'));
    expect(seriesOf(run, 'double')).toEqual([0, 1, 2].map((step) => [step, step / 3]));
    expect(seriesOf(run, 'hparam/return')).toEqual([[2, 12.5]]);
    // PyTorch writes truth values as numbers.
    expect(run.config).toEqual({ lr: 3e-4, optimizer: 'adam', anneal: 1 });
    expect(run.others).toEqual(['note/text_summary', 'weights', 'picture']);
    expect(run.problems).toEqual([]);
  });

  test('of CleanRL: its arguments, and the returns of several environments under equal steps', async () => {
    const run = await runAt('cleanrl');
    expect(run.config).toMatchObject({
      env_id: 'CartPole-v1',
      learning_rate: 0.00025,
      torch_deterministic: true,
      target_kl: null,
    });
    expect(Object.keys(run.config)).toHaveLength(10);
    expect(seriesOf(run, 'charts/episodic_return')).toEqual([
      [508, 20],
      [508, 21],
      [1020, 40],
      [1020, 41],
      [1532, 60],
      [1532, 61],
    ]);
    expect([run.problems, run.resumes, run.others]).toEqual([[], [], []]);
  });

  test('several of one run are read in the order in which they were written', async () => {
    const run = await runAt('resumed');
    expect(seriesOf(run, 'loss').map(([step]) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 4, 5, 6, 7, 8]);
    expect([run.resumes, run.problems]).toEqual([[{ from: 6, to: 4 }], []]);
  });

  test('the time in their first events goes before that in their names, which a copy may have lost', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
    const [first = '', second = ''] = readdirSync(join(PATH, 'resumed')).sort();
    copyFileSync(join(PATH, 'resumed', first), join(folder, 'events.out.tfevents.1900000000.host'));
    copyFileSync(join(PATH, 'resumed', second), join(folder, 'events.out.tfevents.1600000000.host'));
    const { runs } = await readWhole([folder]);
    expect(runs.map(({ resumes }) => resumes)).toEqual([[{ from: 6, to: 4 }]]);
  });

  test('two that were written at the same time are two runs in one folder, which is said', async () => {
    const { runs } = await readWhole([join(PATH, 'together')]);
    expect(runs.map((run) => seriesOf(run, 'loss')[0])).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect(runs.flatMap(({ problems }) => problems.map(({ kind }) => kind))).toEqual(['written-together']);
  });

  test('of TensorFlow: its scalars are tensors of bytes, and single whatever they were', async () => {
    const run = await runAt('../tensorflow/summary');
    const steps = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(seriesOf(run, 'loss')).toEqual(steps.map((step) => [step, Math.fround(1 / (1 + step))]));
    expect(seriesOf(run, 'double')).toEqual(steps.map((step) => [step, Math.fround(step / 3)]));
    expect(seriesOf(run, 'count')).toEqual(steps.map((step) => [step, 10 * step]));
    expect([run.others, run.problems]).toEqual([['note', 'weights'], []]);
  });

  test('of tensorboardX', async () => {
    const run = await runAt('tensorboardX');
    expect(seriesOf(run, 'loss')).toEqual([0, 1, 2, 3, 4].map((step) => [step, Math.fround(1 / (1 + step))]));
    expect(run.problems).toEqual([]);
  });
});

const isWhole = (bytes: Buffer, length: number): boolean => boundsOf(bytes).includes(length);

for (const name of ['torch', 'cleanrl']) {
  const [file = ''] = readdirSync(join(PATH, name));
  describeDamage(`an event file of ${name}`, { path: join(PATH, name), file, isWhole });
}
