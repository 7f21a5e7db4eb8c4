import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { describe, expect, test } from 'vitest';
import { readWhole, seriesOf } from '../../reading.ts';
import type { ReadRun } from '../../reading.ts';
import type { Part } from './events.ts';
import { event, eventsFile, message, simple, tensor } from './events.ts';

async function runOf(...events: readonly Uint8Array[]): Promise<ReadRun> {
  const { runs, problems } = await readWhole([eventsFile(...events)]);
  expect(problems).toEqual([]);
  const [run] = runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

const float = (value: number): Uint8Array => new BinaryWriter().float(value).finish();
const little = (bytes: number, write: (view: DataView) => void): Uint8Array => {
  const view = new DataView(new ArrayBuffer(bytes));
  write(view);
  return new Uint8Array(view.buffer);
};
const varints = (...values: readonly number[]): Uint8Array => {
  const writer = new BinaryWriter();
  for (const value of values) writer.int64(value);
  return writer.finish();
};

describe('a tensor of one number', () => {
  // The type by its number in types.proto, and the field of its values by its number in tensor.proto.
  const cases: readonly (readonly [name: string, type: number, part: Part, value: number])[] = [
    ['float', 1, [5, float(0.1)], Math.fround(0.1)],
    ['float, as bytes', 1, [4, float(0.1)], Math.fround(0.1)],
    ['double', 2, [6, new BinaryWriter().double(0.1).finish()], 0.1],
    [
      'double, as bytes',
      2,
      [
        4,
        little(8, (view) => {
          view.setFloat64(0, -Infinity, true);
        }),
      ],
      -Infinity,
    ],
    ['int32', 3, [7, varints(-5)], -5],
    [
      'int32, as bytes',
      3,
      [
        4,
        little(4, (view) => {
          view.setInt32(0, -5, true);
        }),
      ],
      -5,
    ],
    ['uint8, as bytes', 4, [4, new Uint8Array([200])], 200],
    ['int64', 9, [10, varints(-(2 ** 40))], -(2 ** 40)],
    [
      'int64, as bytes',
      9,
      [
        4,
        little(8, (view) => {
          view.setBigInt64(0, -5n, true);
        }),
      ],
      -5,
    ],
    ['truth', 10, [11, varints(1)], 1],
    ['bfloat16', 14, [13, varints(0x3fc0)], 1.5],
    ['half', 19, [13, varints(0x3555)], 1365 / 4096],
    [
      'half, as bytes',
      19,
      [
        4,
        little(2, (view) => {
          view.setUint16(0, 0xc000, true);
        }),
      ],
      -2,
    ],
    ['half, the smallest', 19, [13, varints(1)], 2 ** -24],
    ['half, infinite', 19, [13, varints(0xfc00)], -Infinity],
    ['half, no number', 19, [13, varints(0x7e00)], Number.NaN],
    ['uint64', 23, [17, varints(7)], 7],
  ];
  test.each(cases)('%s', async (_, type, part, value) => {
    for (const options of [{}, { plugin: 'scalars' }, { sizes: [1] }]) {
      const run = await runOf(event(3, tensor('x', type, [part], options)));
      expect(seriesOf(run, 'x')).toEqual([[3, value]]);
      expect([run.others, run.problems]).toEqual([[], []]);
    }
  });

  test('whose zero was left out', async () => {
    expect(seriesOf(await runOf(event(3, tensor('x', 1, []))), 'x')).toEqual([[3, 0]]);
  });

  test('of several numbers, of bytes that do not fit its type, of a type that is no number: no metric', async () => {
    const run = await runOf(
      event(1, tensor('several', 1, [[4, new Uint8Array(8)]], { sizes: [2] })),
      event(1, tensor('bytes', 1, [[4, new Uint8Array(3)]])),
      event(1, tensor('two', 1, [[5, new Uint8Array(8)]])),
      event(1, tensor('complex', 8, [[4, new Uint8Array(8)]])),
      event(1, tensor('curve', 1, [[4, new Uint8Array(4)]], { plugin: 'pr_curves' })),
    );
    expect(run.rows).toEqual([]);
    expect(run.others).toEqual(['several', 'bytes', 'two', 'complex', 'curve']);
  });
});

describe('events', () => {
  test('several values of one event are one row; one tag twice is two points; tags may be words of JavaScript', async () => {
    const values = [simple('a', 1), simple('__proto__', 2), simple('constructor', 3), simple('a', 4)];
    const run = await runOf(event(7, ...values));
    expect(run.rows.map(({ step, values: row }) => [step, Object.entries(row)])).toEqual([
      [
        7,
        [
          ['a', 1],
          ['__proto__', 2],
          ['constructor', 3],
        ],
      ],
      [7, [['a', 4]]],
    ]);
  });

  test('the plugin of a tag is known from its first value on', async () => {
    const named = tensor('p', 1, [[5, float(1)]], { plugin: 'constructor' });
    const run = await runOf(event(1, named), event(2, tensor('p', 1, [[5, float(1)]])));
    expect([run.rows, run.others]).toEqual([[], ['p', 'p']]);
  });

  test('what is no event, though its checksum fits, is said, with its place', async () => {
    const run = await runOf(event(1, simple('a', 1)), Buffer.from([0x2a, 0x7f]), event(2, simple('a', 2)));
    expect(seriesOf(run, 'a')).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(run.problems).toMatchObject([{ kind: 'record-not-understood', place: { byte: 79 } }]);
  });

  test('another version of the format is said', async () => {
    const run = await runOf(message([[3, 'brain.Event:3']]), event(1, simple('a', 1)));
    expect(run.problems.map(({ what }) => what)).toEqual([
      'version "brain.Event:3" of the format; it is read as brain.Event:2',
    ]);
  });
});
