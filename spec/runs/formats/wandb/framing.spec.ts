import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readWhole, seriesOf } from '../../reading.ts';
import { exit, field, history, item, wandbBytes, wandbFile } from './files.ts';

async function readBytes(bytes: Uint8Array) {
  const file = wandbFile(bytes);
  const { runs, problems } = await readWhole([file]);
  expect(problems).toEqual([]);
  const [run] = runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

/** Of one row each, in a record of about so many bytes. */
const rows = (count: number, bytes = 0) =>
  Array.from({ length: count }, (_, step) =>
    history(step, { a: `${step}`, ...(bytes === 0 ? {} : { text: JSON.stringify('x'.repeat(bytes)) }) }),
  );

const stepsOf = (run: Parameters<typeof seriesOf>[0]) => seriesOf(run, 'a').map(([step]) => step);

describe('a .wandb file', () => {
  test('records of all lengths, in one block, over the end of one, over several', async () => {
    for (const bytes of [0, 1000, 32_600, 32_700, 100_000, 3_000_000]) {
      const run = await readBytes(wandbBytes(...rows(5, bytes), exit(0)));
      expect(seriesOf(run, 'a')).toEqual([0, 1, 2, 3, 4].map((step) => [step, step]));
      expect(run.problems).toEqual([]);
    }
  });

  test('every place in a block for the end of a record', async () => {
    const whole = 32_768 - wandbBytes(history(0, { a: '0', text: '""' })).length;
    for (let bytes = whole - 20; bytes <= whole + 8; bytes += 1) {
      const first = history(0, { a: '0', text: JSON.stringify('x'.repeat(bytes)) });
      const run = await readBytes(wandbBytes(first, history(1, { a: '1' }), exit(0)));
      expect([stepsOf(run), run.problems], `${bytes}`).toEqual([[0, 1], []]);
    }
  });

  test('without the record of an exit: it was broken off, or goes on', async () => {
    const run = await readBytes(wandbBytes(...rows(3)));
    expect(stepsOf(run)).toEqual([0, 1, 2]);
    expect(run.problems.map(({ kind }) => kind)).toEqual(['not-ended']);
  });

  test('an exit that is no success', async () => {
    const run = await readBytes(wandbBytes(...rows(3), exit(1)));
    expect([run.problems, run.others]).toEqual([[], ['exit']]);
  });

  test('a bit in the data of a record: that record is lost', async () => {
    const bytes = wandbBytes(...rows(5), exit(0));
    const byte = wandbBytes(...rows(2)).length;
    bytes[byte + 10] = (bytes[byte + 10] ?? 0) ^ 1;
    const run = await readBytes(bytes);
    expect(stepsOf(run)).toEqual([0, 1, 3, 4]);
    expect(run.problems).toMatchObject([{ kind: 'checksum-wrong', place: { byte } }]);
  });

  test('a bit in a length: it is gone on with the next block', async () => {
    const bytes = wandbBytes(...rows(2000), exit(0));
    const byte = wandbBytes(...rows(2)).length;
    bytes[byte + 5] = 0x40;
    const run = await readBytes(bytes);
    const steps = stepsOf(run);
    expect(steps.slice(0, 2)).toEqual([0, 1]);
    expect(steps.at(-1)).toBe(1999);
    expect(steps.length).toBeGreaterThan(500);
    expect(run.problems).toMatchObject([{ kind: 'checksum-wrong', place: { byte } }]);
    expect(run.problems[0]?.what).toContain('up to byte 32768');
  });

  test('a damaged part of a record of several: the record is lost', async () => {
    const bytes = wandbBytes(...rows(3, 100_000), exit(0));
    bytes[150_000] = (bytes[150_000] ?? 0) ^ 1;
    const run = await readBytes(bytes);
    expect(stepsOf(run)).toEqual([0, 2]);
    expect(run.problems.map(({ kind }) => kind)).toEqual(['checksum-wrong']);
  });

  test('a file of another version, and one whose head is damaged', async () => {
    for (const [byte, problem] of [
      [6, 'version 1 of the format'],
      [4, 'does not begin with'],
      [0, 'does not begin with'],
    ] as const) {
      const bytes = wandbBytes(...rows(3), exit(0));
      bytes[byte] = 1;
      const run = await readBytes(bytes);
      expect(stepsOf(run)).toEqual([0, 1, 2]);
      expect(run.problems[0]?.what).toContain(problem);
    }
  });
});

describe('records', () => {
  test('nested keys are joined by dots; a picture is no metric; what is no JSON is said', async () => {
    const image = '{"_type": "image-file", "width": 10, "height": 10}';
    const run = await readBytes(
      wandbBytes(
        history(0, { 'train.loss': 'NaN', group: '{"deep": {"x": 1}}', image, text: '"none"', bad: '{' }),
        exit(0),
      ),
    );
    expect(run.rows.map(({ step, values }) => [step, { ...values }])).toEqual([
      [0, { 'train.loss': Number.NaN, 'group.deep.x': 1 }],
    ]);
    expect(run.others).toEqual(['image', 'text']);
    expect(run.problems.map(({ what }) => what)).toEqual(['"bad" is "{", which is no JSON; it was not read']);
  });

  test('a picture whose parts are items of their own; a number and a record under one name', async () => {
    const run = await readBytes(
      wandbBytes(
        history(0, {
          'image._type': '"image-file"',
          'image.width': '10',
          x: '1',
          'x.y': '2',
          '__proto__.z': '3',
        }),
        field(
          3,
          Buffer.concat([item(1, ['x'], '1'), item(1, ['best', 'x'], '1'), item(1, ['_wandb', 'x'], '1')]),
        ),
        exit(0),
      ),
    );
    expect(run.rows.map(({ values }) => Object.entries(values))).toEqual([
      [
        ['x', 1],
        ['x.y', 2],
        ['__proto__.z', 3],
      ],
    ]);
    expect(run.others).toEqual(['image', 'summary.best.x']);
  });

  test('the configuration, of the run and what is added to it; not that of the program', async () => {
    const config = (names: readonly string[], json: string) => item(1, names, json);
    const run = await readBytes(
      wandbBytes(
        field(17, field(4, Buffer.concat([config(['lr'], '0.1'), config(['_wandb'], '{"x": 1}')]))),
        field(5, Buffer.concat([config(['optimizer', 'name'], '"adam"'), config(['lr'], '0.2')])),
        exit(0),
      ),
    );
    expect(run.config).toEqual({ lr: 0.2, optimizer: { name: 'adam' } });
  });

  test('a folder that holds a run belongs to it, with all that is in it', async () => {
    const { runs } = await readWhole([dirname(wandbFile(wandbBytes(...rows(3), exit(0))))]);
    expect(runs.map(({ head }) => head.format)).toEqual(['wandb']);
  });

  test('an empty file in its folder is said', async () => {
    const { runs } = await readWhole([dirname(wandbFile(new Uint8Array()))]);
    expect(runs[0]?.problems.map(({ kind }) => kind)).toEqual(['file-empty']);
  });
});
