import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeDamage } from '../damage.ts';
import { readWhole, seriesOf } from '../reading.ts';

const PATH = 'fixtures/logs/json-columns/history.json';

function read(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'history.json');
  writeFileSync(file, text);
  return readWhole([file]);
}

describe('JSON objects of lists', () => {
  test('a list a metric, a value a step', async () => {
    const { runs, problems } = await readWhole([PATH]);
    expect(problems).toEqual([]);
    expect(runs).toMatchObject([{ head: { format: 'json-columns', id: PATH }, problems: [] }]);
    expect(seriesOf(runs[0] ?? { rows: [] }, 'val_loss').slice(2, 5)).toEqual([
      [2, 0.5],
      [3, Number.NaN],
      [4, 0.3],
    ]);
  });

  test('a history of Keras', async () => {
    const { runs } = await readWhole(['fixtures/logs/keras/history.json']);
    expect(runs[0]?.problems.map(({ kind }) => kind)).toEqual(['steps-are-rows']);
    expect(runs[0]?.rows).toHaveLength(6);
    expect(Object.keys(runs[0]?.rows[0]?.values ?? {})).toEqual(['loss', 'mae', 'val_loss', 'val_mae']);
  });

  test('values that are null are not there; without steps, rows are counted', async () => {
    const { runs } = await read('{"loss": [3, 2, 1], "val_loss": [null, null, 2]}');
    expect(runs[0]?.problems.map(({ kind }) => kind)).toEqual(['steps-are-rows']);
    expect(seriesOf(runs[0] ?? { rows: [] }, 'val_loss')).toEqual([[3, 2]]);
  });

  test('validation every k epochs: held-out metrics are of every k-th row, which is noted', async () => {
    const { runs } = await read(
      '{"loss": [7, 6, 5, 4, 3, 2, 1], "val_loss": [9, 8], "lr": [1, 2], "val_x": []}',
    );
    expect(runs[0]?.rows).toHaveLength(7);
    const seriesIn = (name: string) => seriesOf(runs[0] ?? { rows: [] }, name);
    expect(seriesIn('val_loss')).toEqual([
      [3, 9],
      [6, 8],
    ]);
    expect(seriesIn('lr')).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(seriesIn('loss').at(-1)).toEqual([7, 1]);
    expect(runs[0]?.problems.map(({ kind }) => kind)).toEqual([
      'lists-unequal',
      'lists-unequal',
      'steps-are-rows',
    ]);
    expect(runs[0]?.problems[0]?.what).toContain('a multiple of 3');
  });

  test('what stands beside the lists is configuration', async () => {
    const text =
      '{"seed": 1, "loss": [3, 2], "name": "a", "params": {"lr": 0.1}, "best": null, "tags": ["x", "y"]}';
    const { runs, problems } = await read(text);
    expect(problems).toEqual([]);
    const [run] = runs;
    expect(run?.config).toEqual({ seed: 1, name: 'a', params: { lr: 0.1 }, best: null });
    expect(run?.others).toEqual(['tags']);
    expect(run?.problems.map(({ kind }) => kind)).toEqual(['steps-are-rows']);
    expect(seriesOf(run ?? { rows: [] }, 'loss')).toHaveLength(2);
  });

  test.each([
    ['settings, one a list', '{"layers": [64, 64, 32], "betas": [0.9, 0.999]}'],
    ['numbers among texts', '{"loss": [3, "x", 1], "lr": 1}'],
    ['settings', '{"betas": [0.9, 0.999], "lr": 0.001}'],
    ['a list of one number', '{"loss": [3]}'],
    ['lists of texts', '{"names": ["a", "b"]}'],
  ])('%s are no history', async (_, text) => {
    const { runs, problems } = await read(text);
    expect(runs).toEqual([]);
    expect(problems.map(({ kind }) => kind)).toEqual(['format-unknown']);
  });
});

describeDamage('a JSON object of lists', {
  path: PATH,
  isWhole: (bytes, length) => bytes.toString('utf8', length).trim() === '',
});
