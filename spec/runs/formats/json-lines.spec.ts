import { describe, expect, test } from 'vitest';
import { describeDamage, endsWithLine } from '../damage.ts';
import { readWhole, seriesOf } from '../reading.ts';

const PATH = 'fixtures/logs/json-lines/nested.jsonl';

describe('JSON lines', () => {
  test('nested keys, times, and numbers that JSON does not know', async () => {
    const { runs, problems } = await readWhole([PATH]);
    expect(problems).toEqual([]);
    const [run, ...more] = runs;
    if (run === undefined) throw new Error('no run');
    expect(more).toEqual([]);
    expect(run).toMatchObject({ head: { format: 'json-lines', id: PATH }, problems: [], resumes: [] });
    expect(seriesOf(run, 'train/loss').slice(0, 3)).toEqual([
      [0, 1],
      [10, 0.5],
      [20, 0.3333],
    ]);
    expect(seriesOf(run, 'train/grad_norm')[4]).toEqual([40, Number.NaN]);
    expect(run.rows[1]).toMatchObject({ wallTime: 1_700_000_001, place: { file: PATH, line: 2 } });
  });
});

describeDamage('JSON lines', { path: PATH, isWhole: endsWithLine });
