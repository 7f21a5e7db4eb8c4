import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDamage, endsWithLine } from '../damage.ts';
import type { ReadRun } from '../reading.ts';
import { readWhole, seriesOf } from '../reading.ts';

const PATH = 'fixtures/logs/csv/training.csv';

describe('CSV', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const read = async (text: string, name = 'log.csv') => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const { runs, problems } = await readWhole([file]);
    return { runs, problems };
  };
  const readOne = async (text: string): Promise<ReadRun> => {
    const { runs, problems } = await read(text);
    expect(problems).toEqual([]);
    const [run, ...more] = runs;
    if (run === undefined) throw new Error('no run');
    expect(more).toEqual([]);
    expect(run.head.format).toBe('csv');
    return run;
  };
  const found = ({ problems }: ReadRun) => problems.map(({ kind, place }) => [kind, place.line]);

  test('quoted cells, texts, numbers that are not finite', async () => {
    const { runs, problems } = await readWhole([PATH]);
    expect(problems).toEqual([]);
    expect(runs).toHaveLength(1);
    const [run] = runs;
    if (run === undefined) throw new Error('no run');
    expect(run).toMatchObject({ head: { format: 'csv', id: PATH }, problems: [], resumes: [] });
    expect(seriesOf(run, 'train/loss')).toHaveLength(12);
    expect(seriesOf(run, 'train/loss')[7]).toEqual([70, Number.NaN]);
    expect(seriesOf(run, 'lr')[1]).toEqual([10, 5e-4]);
    expect(run.others.filter((key) => key === 'phase')).toHaveLength(12);
    expect(run.others.filter((key) => key === 'note, if any')).toHaveLength(2);
    // A cell of two lines stands above.
    expect(run.rows.at(9)?.place).toEqual({ file: PATH, line: 11 });
    expect(run.rows.at(-1)?.place).toEqual({ file: PATH, line: 14 });
  });

  test.each([
    ['semicolons', 'step;loss;a\n1;0.5;2\n2;0.4;\n'],
    ['tabs', 'step\tloss\ta\n1\t0.5\t2\n2\t0.4\t\n'],
    ['a mark of UTF-8, and line breaks of Windows', '\uFEFFstep,loss,a\r\n1,0.5,2\r\n2,0.4,\r\n'],
    ['spaces behind commas', '# step, loss, a\n1, 0.5, 2\n2, 0.4, None\n'],
    ['empty lines, and a comma behind each row', 'step,loss,a\n\n1,0.5,2,\n  \n2,0.4,,\n'],
  ])('%s', async (_, text) => {
    const run = await readOne(text);
    expect(run.problems).toEqual([]);
    expect(run.rows.map(({ step, values }) => [step, { ...values }])).toEqual([
      [1, { loss: 0.5, a: 2 }],
      [2, { loss: 0.4 }],
    ]);
  });

  test('words for numbers, and for nothing', async () => {
    const cells = ['NaN', 'nan', '-inf', 'Infinity', '1E-3', '+.5', 'True', 'None', 'null', 'N/A', '', '7.'];
    const run = await readOne(`step,x\n${cells.map((cell, index) => `${index},${cell}`).join('\n')}\n`);
    expect(run.problems).toEqual([]);
    const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
    expect(seriesOf(run, 'x').map(([, value]) => value)).toEqual([nan, nan, -inf, inf, 1e-3, 0.5, 1, 7]);
  });

  test('a cell that is no number in a column of numbers: reported, the rest of the row is read', async () => {
    const run = await readOne(
      'step,loss,x\n1,0.5,1\n2,1.2.3,2\n3,0x10,3\n4,"1,5",4\n5,0.1,5\n6,0.1,6\n7,1_0,7\n8,2,8\n9,2,9\n',
    );
    expect(found(run)).toEqual([3, 4, 5, 8].map((line) => ['record-not-understood', line]));
    expect(seriesOf(run, 'x')).toHaveLength(9);
    expect(seriesOf(run, 'loss').map(([step]) => step)).toEqual([1, 5, 6, 8, 9]);
  });

  describe('comments', () => {
    test.each([
      [
        'above a header',
        '# made by a tool, version "2\n#\n\n# seed; 1\nstep,loss\n1,0.5\n2,0.4\n',
        [1, 6, 7],
      ],
      ['above a header of NumPy', '# made by a tool, version 2\n# step, loss\n1, 0.5\n2, 0.4\n', [1, 3, 4]],
      ['behind a mark of UTF-8', '\uFEFF# made by a tool\r\nstep,loss\r\n1,0.5\r\n2,0.4\r\n', [1, 3, 4]],
    ])('%s are left aside and told of; lines are counted on', async (_, text, [told, ...lines]) => {
      const run = await readOne(text);
      expect(found(run)).toEqual([['comments-skipped', told]]);
      expect(run.rows.map(({ step, values, place }) => [step, { ...values }, place.line])).toEqual([
        [1, { loss: 0.5 }, lines[0]],
        [2, { loss: 0.4 }, lines[1]],
      ]);
    });

    test('among the rows are told of, too; a quote behind them is placed right', async () => {
      const run = await readOne('# a\nstep,loss,note\n1,0.5,\n# went on\n2,0.4,\n3,0.3,"oh\n4,0.2,\n');
      expect(found(run)).toEqual([
        ['comments-skipped', 1],
        ['comments-skipped', 4],
        ['record-not-understood', 6],
      ]);
      expect(run.rows.map(({ place }) => place.line)).toEqual([3, 5, 6, 7]);
    });
  });

  describe('decimal commas', () => {
    const valuesIn = async (text: string) => {
      const run = await readOne(text);
      return { values: run.rows.map(({ step, values }) => [step, { ...values }]), found: found(run) };
    };

    test.each([';', '\t'])('are read where %j parts the cells', async (delimiter) => {
      const text = 'step;loss;lr\n1;0,5;1,5E-05\n2;-,25;1e-3\n3;1,234;\n'.replaceAll(';', delimiter);
      const [a, b, c] = [{ loss: 0.5, lr: 1.5e-5 }, { loss: -0.25, lr: 1e-3 }, { loss: 1.234 }];
      expect(await valuesIn(text)).toEqual({
        values: [
          [1, a],
          [2, b],
          [3, c],
        ],
        found: [],
      });
    });

    test('what may be thousands is what the numbers of the file say, and no number where they say nothing of it', async () => {
      const commas = await valuesIn('step;loss\n1;0,5\n2;1,234\n3;1.234\n4;0.25\n5;,5\n');
      expect(commas.values.map(([, values]) => values)).toEqual([
        { loss: 0.5 },
        { loss: 1.234 },
        {},
        { loss: 0.25 },
        { loss: 0.5 },
      ]);
      expect(commas.found).toEqual([['record-not-understood', 4]]);
      const points = await valuesIn('step;loss\n1;0.5\n2;1.234\n3;1,234\n4;0,25\n');
      expect(points.values.map(([, values]) => values)).toEqual([
        { loss: 0.5 },
        { loss: 1.234 },
        {},
        { loss: 0.25 },
      ]);
      expect(points.found).toEqual([['record-not-understood', 4]]);
      const tabs = await readOne('step\tloss\n1\t1,000\n2\t2,000\n');
      expect(tabs.others).toEqual(['loss', 'loss']);
    });
  });

  test('rows with too few or too many cells are not read', async () => {
    const run = await readOne('step,loss,x\n1,0.5,1\n2,0.4\n3,0.3,3,3\n4,0.2,4\n');
    expect(found(run)).toEqual([
      ['cells-missing', 3],
      ['cells-missing', 4],
    ]);
    expect(run.rows.map(({ step }) => step)).toEqual([1, 4]);
  });

  test('a header in the middle: columns are added', async () => {
    const run = await readOne('step,loss\n1,0.5\n2,0.4\nstep,loss,x\n3,0.3,7\n4,0.2,8\n');
    expect(found(run)).toEqual([['header-changed', 4]]);
    expect(seriesOf(run, 'loss').map(([step]) => step)).toEqual([1, 2, 3, 4]);
    expect(seriesOf(run, 'x')).toEqual([
      [3, 7],
      [4, 8],
    ]);
  });

  test('a header in the middle: a run with its own header was appended', async () => {
    const { runs } = await read('step,loss\n1,0.5\n2,0.4\n3,0.3\nstep,lr,loss\n1,1e-3,0.6\n2,1e-3,0.5\n');
    expect(runs.map((run) => [run.head.id.split('#')[1], run.rows.length])).toEqual([
      [undefined, 3],
      ['2', 2],
    ]);
    expect(runs.flatMap(found)).toEqual([['header-changed', 5]]);
  });

  test('a quote that is never closed hides no rows behind it', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `${index + 4},0.1,"fine"`).join('\n');
    const run = await readOne(`step,loss,note\n1,0.5,\n2,0.4,"oh\n3,0.3,12" long\n${rows}\n40,0.1,"cut\n`);
    expect(run.rows.map(({ step }) => step).slice(-3)).toEqual([32, 33, 40]);
    expect(found(run)[0]?.[0]).toBe('record-not-understood');
  });

  test('the last row: read where a line break or a closed quote ends it', async () => {
    expect((await readOne('step,loss,note\n1,0.5,a\n2,0.4,"b"')).rows).toHaveLength(2);
    const cut = await readOne('step,loss,note\n1,0.5,a\n2,0.4,b');
    expect(cut.rows).toHaveLength(1);
    expect(found(cut)).toEqual([['record-cut-off', 3]]);
    const few = await readOne('step,"loss",note\n1,0.5,a\n2,"0.4"');
    expect(found(few)).toEqual([['cells-missing', 3]]);
  });

  test('an index of pandas, a first column without a name that counts rows, is no metric', async () => {
    const run = await readOne(',step,loss\n0,1,0.5\n1,2,0.4\n2,3,0.3\n');
    expect(run.rows.map(({ step, values }) => [step, { ...values }])).toEqual([
      [1, { loss: 0.5 }],
      [2, { loss: 0.4 }],
      [3, { loss: 0.3 }],
    ]);
    expect([run.others, run.problems]).toEqual([['column 1', 'column 1', 'column 1'], []]);
    const other = await readOne(',step,loss\n0,1,0.5\n5,2,0.4\n9,3,0.3\n');
    expect(seriesOf(other, 'column 1')).toHaveLength(3);
  });

  test('columns without a name, and with a name twice', async () => {
    const run = await readOne(',loss,loss,step\n4,0.5,9,1\n1,0.4,9,2\n');
    expect(found(run)).toEqual([['key-twice', 1]]);
    expect(run.rows.map(({ values }) => ({ ...values }))).toEqual([
      { 'column 1': 4, loss: 0.5 },
      { 'column 1': 1, loss: 0.4 },
    ]);
  });

  test.each([
    ['prose', 'Dear reader,\nin 2024, of 7 models, 3 failed.\nWe, the authors, apologise, again.\n'],
    ['a program', 'import os, sys\nx, y = 1, 2\nfor i in range(10):\n  print(i, x, y)\n'],
    ['a table of words', 'name,city,colour\nAda,London,red\nBo,Oslo,blue\n'],
    ['numbers without a header', '1,2,3\n4,5,6\n7,8,9\n'],
    ['a header alone', 'step,loss\n'],
    ['JSON', '[{"a": 1, "b": 2},\n1, 2, 3]\n'],
  ])('%s is no table of numbers', async (_, text) => {
    for (const name of ['log.csv', 'log.txt']) {
      const { runs, problems } = await read(text, name);
      expect(runs).toEqual([]);
      expect(problems.map(({ kind }) => kind)).toEqual(['format-unknown']);
    }
  });
});

describeDamage('CSV', {
  path: PATH,
  // Behind a closed quote the row is whole, too.
  isWhole: (bytes, length) => endsWithLine(bytes, length) || bytes[length - 1] === 34,
});
