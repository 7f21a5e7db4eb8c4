import { describe, expect, test } from 'vitest';
import { describeDamage } from '../damage.ts';
import { logFolder } from '../log-folder.ts';
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

  test('a second list of records is said not to be read', async () => {
    const [train, val] = [1, 2].map((scale) => [0, 1, 2].map((step) => ({ step, loss: scale * step })));
    const folder = logFolder({ 'two.json': JSON.stringify({ train, val }) });
    const { runs } = await readWhole([folder]);
    expect(seriesOf(runs[0] ?? { rows: [] }, 'loss')).toHaveLength(3);
    expect(runs[0]?.problems).toMatchObject([{ kind: 'list-not-read' }]);
  });

  test('a list of flags and names is no log', async () => {
    const tokens = [0, 1, 2].map((id) => ({ id, content: 'x', special: true, lstrip: false }));
    const folder = logFolder({ 'tokenizer.json': JSON.stringify({ added_tokens: tokens }) });
    expect((await readWhole([folder])).runs).toEqual([]);
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
