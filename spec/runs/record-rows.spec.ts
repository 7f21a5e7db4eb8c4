import { describe, expect, test } from 'vitest';
import type { Problem, Row } from '../../src/runs/index.ts';
import { RecordRows } from '../../src/runs/record-rows.ts';

function rowsOf(records: readonly Record<string, unknown>[], stepKey?: string) {
  const rows: Row[] = [];
  const problems: Problem[] = [];
  const others: string[] = [];
  const taker = new RecordRows(
    {
      row: (row) => rows.push(row),
      config: () => undefined,
      other: (key, kind) => others.push(`${key}: ${kind}`),
      problem: (problem) => problems.push(problem),
    },
    [...new Set(records.flatMap((record) => Object.keys(record)))],
    stepKey,
  );
  records.forEach((record, index) => {
    taker.take(record, { file: 'log', line: index + 1 });
  });
  return { rows, problems, others, steps: rows.map(({ step }) => step) };
}

describe('rows of records', () => {
  test.each([
    [['epoch', 'global_step', 'loss'], 'global_step'],
    [['Epoch', 'loss'], 'Epoch'],
    [['globalStep', 'epoch'], 'globalStep'],
    [['time/iterations', 'time/total_timesteps', 'x'], 'time/total_timesteps'],
  ])('of %j, %s counts the steps', (keys, stepKey) => {
    const record = Object.fromEntries(keys.map((key) => [key, 7]));
    const { rows } = rowsOf([{ ...record, [stepKey]: 42 }]);
    expect(rows[0]?.step).toBe(42);
    expect(Object.keys(rows[0]?.values ?? {})).not.toContain(stepKey);
  });

  test('where none counts, rows do, and it is said once', () => {
    const { steps, problems } = rowsOf([{ loss: 3 }, { loss: 2 }]);
    expect(steps).toEqual([1, 2]);
    expect(problems.map(({ kind }) => kind)).toEqual(['steps-are-rows']);
  });

  test('a key of the user’s goes before all others', () => {
    expect(
      rowsOf(
        [
          { step: 1, mine: 10 },
          { step: 2, mine: 20 },
        ],
        'mine',
      ).steps,
    ).toEqual([10, 20]);
  });

  test('a row that names no step is of the step before it, which is said', () => {
    const { steps, problems } = rowsOf([{ step: 4, a: 1 }, { a: 2 }, { step: 'NaN', a: 3 }]);
    expect(steps).toEqual([4, 4, 4]);
    expect(problems.map(({ place: { line } }) => line)).toEqual([2, 3]);
  });

  test('steps that begin again in each epoch go on', () => {
    const records = [0, 1].flatMap((epoch) => [0, 1, 2].map((step) => ({ epoch, step, loss: 1 })));
    const { steps, problems } = rowsOf(records);
    expect(steps).toEqual([0, 1, 2, 3, 4, 5]);
    expect(problems.map(({ kind }) => kind)).toEqual(['steps-within-epochs']);
  });

  test('times are seconds, from milliseconds too; a duration is a metric', () => {
    expect(rowsOf([{ step: 1, timestamp: 1_700_000_000_500, a: 1 }]).rows[0]).toMatchObject({
      wallTime: 1_700_000_000.5,
      values: { a: 1 },
    });
    expect(rowsOf([{ step: 1, time: 12.5 }]).rows[0]).toMatchObject({ values: { time: 12.5 } });
  });

  test('what is no number is told', () => {
    expect(rowsOf([{ step: 1, name: 'x', list: [1, 2], none: null, good: true }])).toMatchObject({
      others: ['name: text', 'list: list of 2'],
      rows: [{ values: { good: 1 } }],
    });
  });

  test('keys that every object has are keys like others', () => {
    const record: unknown = JSON.parse('{"step": 1, "__proto__": 5, "constructor": 6, "toString": 7}');
    expect(Object.entries(rowsOf([record as Record<string, unknown>]).rows[0]?.values ?? {})).toEqual([
      ['__proto__', 5],
      ['constructor', 6],
      ['toString', 7],
    ]);
  });
});
