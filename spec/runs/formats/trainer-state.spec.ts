import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { describeDamage } from '../damage.ts';
import { logFolder } from '../log-folder.ts';
import { readWhole, seriesOf } from '../reading.ts';

const FOLDER = 'fixtures/logs/transformers/run';
const FIRST = `${FOLDER}/checkpoint-4/trainer_state.json`;

describe('Transformers trainer_state.json', () => {
  test('one state', async () => {
    const { runs, problems } = await readWhole([FIRST]);
    expect(problems).toEqual([]);
    expect(runs).toMatchObject([
      {
        head: { format: 'trainer-state', id: FIRST },
        problems: [],
        config: { global_step: 4, max_steps: 12 },
      },
    ]);
    expect(seriesOf(runs[0] ?? { rows: [] }, 'loss').map(([step]) => step)).toEqual([2, 4]);
  });

  test('checkpoints of one run: the longest history is read, the others are said to be copies', async () => {
    const states = [4, 8, 12].map((step) => `${FOLDER}/checkpoint-${step}`);
    const { runs } = await readWhole([...states, `${FOLDER}/trainer_state.json`]);
    expect(runs).toHaveLength(1);
    const [run] = runs;
    if (run === undefined) throw new Error('no run');
    expect(run.head.id).toBe(FOLDER);
    expect(run.rows[0]?.place.file).toBe(`${FOLDER}/trainer_state.json`);
    expect(run.problems.map(({ kind, place }) => [kind, place.file])).toEqual(
      states.map((folder) => ['same-run-twice', `${folder}/trainer_state.json`]),
    );
    expect(seriesOf(run, 'loss').map(([step]) => step)).toEqual([2, 4, 6, 8, 10, 12]);
    expect(seriesOf(run, 'eval_loss').map(([step]) => step)).toEqual([4, 8, 12]);
    expect(run.resumes).toEqual([]);
  });

  test('a checkpoint of another run in the same folder is read, too', async () => {
    const state = readFileSync(FIRST, 'utf8');
    const other = state.replace(/"loss": [\d.]+/, '"loss": 77.5');
    const last = readFileSync(`${FOLDER}/trainer_state.json`, 'utf8');
    const folder = logFolder({
      'out/checkpoint-4/trainer_state.json': other,
      'out/checkpoint-8/trainer_state.json': state,
      'out/trainer_state.json': last,
    });
    const { runs } = await readWhole([folder]);
    expect(runs.map(({ head }) => head.id.slice(folder.length))).toEqual(['/out', '/out#checkpoint-4']);
    expect(seriesOf(runs[1] ?? { rows: [] }, 'loss')[0]).toEqual([2, 77.5]);
    expect(runs.flatMap(({ problems }) => problems).map(({ kind }) => kind)).toEqual(['same-run-twice']);
  });
});

test('of a history no digest a record is kept, however long it is', async () => {
  const rows = Array.from({ length: 3000 }, (_, step) => ({ step, loss: 1 }));
  const state = (count: number): string =>
    JSON.stringify({ global_step: count, log_history: rows.slice(0, count) });
  const names = Array.from({ length: 10 }, (_, index) => 300 * (index + 1));
  const folder = logFolder(
    Object.fromEntries(names.map((count) => [`checkpoint-${count}/trainer_state.json`, state(count)])),
  );
  const copied = vi.spyOn(crypto.Hash.prototype, 'copy');
  const { runs } = await readWhole([folder]);
  expect(runs).toHaveLength(1);
  expect(runs[0]?.problems.map(({ kind }) => kind)).toEqual(Array(9).fill('same-run-twice'));
  expect(copied.mock.calls.length).toBeLessThan(20);
  copied.mockRestore();
});

describeDamage('trainer_state.json', {
  path: FIRST,
  isWhole: (bytes, length) => bytes.toString('utf8', length).trim() === '',
});
