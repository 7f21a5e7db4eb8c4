import { describe, expect, test } from 'vitest';
import { describeDamage } from '../damage.ts';
import { readWhole, seriesOf } from '../reading.ts';

const [LIST, HISTORY] = ['fixtures/logs/json-array/list.json', 'fixtures/logs/json-array/history.json'];

describe('JSON lists of records', () => {
  test('the top-level list', async () => {
    const { runs, problems } = await readWhole([LIST]);
    expect(problems).toEqual([]);
    expect(runs).toMatchObject([{ head: { format: 'json-array', id: LIST }, problems: [] }]);
    expect(seriesOf(runs[0] ?? { rows: [] }, 'loss').slice(0, 2)).toEqual([
      [0, 1],
      [10, 0.5],
    ]);
    expect(runs[0]?.rows[1]?.place).toEqual({ file: LIST, line: 7 });
    expect(runs[0]?.others).toEqual(Array.from({ length: 8 }, () => 'note'));
  });

  test('a list under a key: what stands beside it is configuration', async () => {
    const { runs, problems } = await readWhole([HISTORY]);
    expect(problems).toEqual([]);
    expect(runs).toMatchObject([{ head: { format: 'json-array' }, problems: [] }]);
    expect(seriesOf(runs[0] ?? { rows: [] }, 'train/loss').slice(4, 7)).toEqual([
      [40, 0.2],
      [50, Number.NaN],
      [60, 0.1429],
    ]);
    expect(runs[0]?.config).toEqual({
      name: 'base',
      config: { lr: 0.001, layers: [64, 64] },
      best: { loss: 0.1 },
    });
  });
});

const isClosed = (bytes: Buffer, length: number): boolean => bytes.toString('utf8', length).trim() === '';

describeDamage('a JSON list of records', { path: LIST, isWhole: isClosed });
describeDamage('a JSON list of records under a key', { path: HISTORY, isWhole: isClosed });
