import { describe, expect, test } from 'vitest';
import type { Problem, Row } from '../../src/runs/index.ts';
import type { StepKeys } from '../../src/runs/records-reader.ts';
import { RecordsReader } from '../../src/runs/records-reader.ts';

function read(records: readonly Record<string, unknown>[], step?: StepKeys) {
  const rows: Row[] = [];
  const problems: Problem[] = [];
  const config: Record<string, unknown> = {};
  const reader = new RecordsReader(
    {
      row: (row) => rows.push(row),
      config: (settings) => Object.assign(config, settings),
      other: () => undefined,
      problem: (problem) => problems.push(problem),
    },
    step,
  );
  records.forEach((record, index) => {
    reader.take(record, { file: 'log', line: index + 1 });
  });
  reader.end();
  return { rows, steps: rows.map((row) => row.step), kinds: problems.map(({ kind }) => kind), config };
}

const five = [0, 1, 2, 3, 4];

describe('the key that counts steps', () => {
  test('is one that rises: the length of an episode is none, though it is called steps', () => {
    const records = five.map((episode) => ({ episode, steps: [9, 4, 30, 2, 17][episode], reward: 1 }));
    expect(read(records).steps).toEqual(five);
  });

  test('is one that moves: a batch size is none', () => {
    expect(read(five.map((epoch) => ({ epoch, batch: 32, loss: 1 }))).steps).toEqual(five);
  });

  test('is one that most rows have: that of a last line of results is none', () => {
    const records = [...five.map((epoch) => ({ epoch, loss: 1 })), { test_loss: 2, steps: 2000 }];
    expect(read(records).steps.slice(0, 5)).toEqual(five);
  });

  test('may begin again in each epoch', () => {
    const records = [0, 1].flatMap((epoch) => five.map((batch) => ({ epoch, batch, loss: 1 })));
    expect(read(records).steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('is the user’s where it is there; where not, it is said, and the log’s own is taken', () => {
    const records = five.map((step) => ({ step, mine: 10 * step, loss: 1 }));
    expect(read(records, { asked: 'mine' }).steps).toEqual([0, 10, 20, 30, 40]);
    expect(read(records, { asked: 'typo' })).toMatchObject({ steps: five, kinds: ['step-key-absent'] });
  });
});

test('a line of settings before the rows is the configuration', () => {
  const { steps, config } = read([
    { total_timesteps: 500, lr: 0.1 },
    ...five.map((update) => ({ update, loss: 1 })),
  ]);
  expect(steps).toEqual(five);
  expect(config).toEqual({ total_timesteps: 500, lr: 0.1 });
});

test('numbers that are written as texts are numbers', () => {
  const { rows } = read([{ step: '1000', loss: '0.5', name: '1.2.3' }]);
  expect(rows).toMatchObject([{ step: 1000, values: { loss: 0.5 } }]);
});
