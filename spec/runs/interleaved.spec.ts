import { describe, expect, test } from 'vitest';
import { logFolder } from './log-folder.ts';
import { readWhole, seriesOf } from './reading.ts';

type JsonRecord = Readonly<Record<string, unknown>>;

/** Rows as lines of JSON, as a list, and as a table. */
function written(rows: readonly JsonRecord[]): Readonly<Record<string, string>> {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => keys.map((key) => row[key]).join(','));
  return {
    'log.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    'log.json': JSON.stringify(rows),
    'log.csv': [keys.join(','), ...cells].map((line) => `${line}\n`).join(''),
  };
}

async function read(name: string, text: string) {
  const folder = logFolder({ [name]: text });
  const { runs, problems } = await readWhole([`${folder}/${name}`]);
  const start = folder.length + 1 + name.length;
  return {
    ids: runs.map(({ head }) => head.id.slice(start)),
    steps: runs.map((run) => seriesOf(run, 'loss').map(([step]) => step)),
    losses: runs.map((run) => seriesOf(run, 'loss').map(([, loss]) => loss)),
    metrics: [...new Set(runs.flatMap(({ rows }) => rows.flatMap(({ values }) => Object.keys(values))))],
    kinds: [...problems, ...runs.flatMap((run) => run.problems)].map(({ kind }) => kind),
    runs,
    problems,
  };
}

const count = (to: number): number[] => Array.from({ length: to }, (_, index) => index);

/** Rows of runs that are written side by side. */
const sideBySide = (runs: readonly JsonRecord[], steps = 5): JsonRecord[] =>
  count(steps).flatMap((step) => runs.map((run, index) => ({ ...run, step: 10 * step, loss: index + step })));

const FORMS = ['log.jsonl', 'log.json', 'log.csv'] as const;

describe.each(FORMS)('rows of several runs in one %s', (name) => {
  test.each([
    ['seed', [{ seed: 0 }, { seed: 1 }, { seed: 7 }], ['#0', '#1', '#7']],
    ['run_name', [{ run_name: 'a b' }, { run_name: 'c' }], ['#a b', '#c']],
    ['Trial ID', [{ 'Trial ID': 'x' }, { 'Trial ID': 'y' }], ['#x', '#y']],
    [
      'experiment and seed',
      [
        { experiment: 'a', seed: 1 },
        { experiment: 'a', seed: 2 },
        { experiment: 'b', seed: 1 },
      ],
      ['#a/1', '#a/2', '#b/1'],
    ],
    [
      'one of two that say the same',
      [
        { seed: 5, run_id: 'p' },
        { seed: 6, run_id: 'q' },
      ],
      ['#p', '#q'],
    ],
  ])('are a run each, by %s', async (_, names, ids) => {
    const found = await read(name, written(sideBySide(names))[name] ?? '');
    expect(found.ids).toEqual(ids);
    expect(found.steps).toEqual(ids.map(() => [0, 10, 20, 30, 40]));
    expect(found.losses.map(([first]) => first)).toEqual(ids.map((_id, index) => index));
    expect(found.metrics.filter((metric) => metric !== 'seed')).toEqual(['loss']);
    expect(found.kinds).toEqual([]);
  });

  test.each([
    ['a seed that stays', sideBySide([{ seed: 3 }])],
    ['a seed that changes with each row', count(20).map((step) => ({ seed: step, step, loss: 1 }))],
    ['a run that is resumed', [...sideBySide([{ seed: 3 }]), { seed: 3, step: 20, loss: 1 }]],
    ['a trial that counts on', count(20).map((step) => ({ trial: step >> 2, step, loss: 1 }))],
    ['workers of one run', sideBySide([{ worker: 0 }, { worker: 1 }])],
    ['results, one a run', count(9).map((seed) => ({ seed, step: 100, loss: seed }))],
  ])('but not by %s', async (_, rows) => {
    const found = await read(name, written(rows)[name] ?? '');
    expect(found.ids).toEqual(['']);
    expect(found.losses.flat()).toHaveLength(rows.length);
  });

  test('one behind the other, too long to be seen at the beginning', async () => {
    const stacked = ['a', 'b', 'c'].flatMap((run, index) =>
      count(300).map((step) => ({ run, step: step + index, loss: 1 })),
    );
    const found = await read(name, written(stacked)[name] ?? '');
    expect(found.ids).toEqual(['', '#b', '#c']);
    expect(found.steps.map(({ length, [0]: first }) => [length, first])).toEqual([
      [300, 0],
      [300, 1],
      [300, 2],
    ]);
    expect(found.runs.flatMap(({ resumes }) => resumes)).toEqual([]);
  });

  test('more than are told apart are said to be lost', async () => {
    const names = [...count(300)].map((seed) => ({ seed }));
    const rows = names.flatMap(({ seed }) => count(2).map((step) => ({ seed, step, loss: 1 })));
    const found = await read(name, written(rows)[name] ?? '');
    expect(found.ids).toHaveLength(256);
    expect(found.problems).toHaveLength(88);
    expect(new Set(found.kinds)).toEqual(new Set(['runs-too-many']));
  });
});

test('what concerns no single run is told of none; a row that names no run is of the log; texts are of their run', async () => {
  const rows = sideBySide([{ seed: 0, note: 'x' }, { seed: 1 }]).map((row) => JSON.stringify(row));
  const text = [...rows.slice(0, 4), 'oh', '{"step": 15, "other": 1}', ...rows.slice(4), '{"cut'].join('\n');
  const found = await read('log.jsonl', text);
  expect(found.ids).toEqual(['#0', '#1', '']);
  expect(found.problems.map(({ kind, place }) => [kind, place.line])).toEqual([
    ['record-not-understood', 5],
    ['record-cut-off', 13],
  ]);
  expect(found.runs.map(({ others }) => others.length)).toEqual([5, 0, 0]);
});

test('settings beside a list are of each of its runs', async () => {
  const text = JSON.stringify({ lr: 0.1, rows: sideBySide([{ seed: 0 }, { seed: 1 }]), name: 'n' });
  const found = await read('log.json', text);
  expect(found.runs.map(({ config }) => config)).toEqual([
    { lr: 0.1, seed: '0', name: 'n' },
    { lr: 0.1, seed: '1', name: 'n' },
  ]);
});
