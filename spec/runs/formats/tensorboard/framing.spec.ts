import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recordOf } from '../../../../src/training/tensorboard/record.ts';
import { readWhole, seriesOf } from '../../reading.ts';
import { boundsOf, event, eventsFile, message, simple } from './events.ts';

const steps = (count: number) => Array.from({ length: count }, (_, step) => event(step, simple('a', step)));

/** Reads a file of five points after its bytes were changed; `bounds` are those of its records, the version first. */
async function readDamaged(damage: (bytes: Buffer, bounds: readonly number[]) => Buffer) {
  const file = eventsFile(...steps(5));
  const bytes = readFileSync(file);
  writeFileSync(file, damage(bytes, boundsOf(bytes)));
  const { runs } = await readWhole([file]);
  const [run] = runs;
  if (run === undefined) throw new Error('no run');
  return { steps: seriesOf(run, 'a').map(([step]) => step), problems: run.problems, file };
}

const at = (bounds: readonly number[], index: number): number => bounds[index] ?? Number.NaN;
const flip = (bytes: Buffer, byte: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[byte] = (changed[byte] ?? 0) ^ 1;
  return changed;
};

describe('a damaged event file', () => {
  test('a bit in the data of a record: that record is lost', async () => {
    let byte = 0;
    const read = await readDamaged((bytes, bounds) => flip(bytes, (byte = at(bounds, 2)) + 14));
    expect(read.steps).toEqual([0, 2, 3, 4]);
    expect(read.problems).toMatchObject([{ kind: 'checksum-wrong', place: { file: read.file, byte } }]);
  });

  test('a bit in a length: it is gone on with the next record', async () => {
    const read = await readDamaged((bytes, bounds) => flip(bytes, at(bounds, 2) + 1));
    expect(read.steps).toEqual([0, 2, 3, 4]);
    expect(read.problems.map(({ kind }) => kind)).toEqual(['checksum-wrong']);
  });

  test('bytes that are missing: the record is lost, and no more', async () => {
    const read = await readDamaged((bytes, bounds) =>
      Buffer.concat([bytes.subarray(0, at(bounds, 2) + 15), bytes.subarray(at(bounds, 2) + 20)]),
    );
    expect(read.steps).toEqual([0, 2, 3, 4]);
    expect(read.problems.map(({ kind }) => kind)).toEqual(['checksum-wrong']);
  });

  test('a page of zeros in the middle, as a crash leaves it', async () => {
    const read = await readDamaged((bytes, bounds) =>
      Buffer.concat([bytes.subarray(0, at(bounds, 3)), Buffer.alloc(4096), bytes.subarray(at(bounds, 3))]),
    );
    expect(read.steps).toEqual([0, 1, 2, 3, 4]);
    expect(read.problems).toHaveLength(1);
    expect(read.problems[0]?.what).toContain('4096 bytes up to the record at byte');
  });

  test('the last record in which nothing fits, and what is behind it', async () => {
    const read = await readDamaged((bytes) => Buffer.concat([bytes, Buffer.alloc(100, 'x')]));
    expect(read.steps).toEqual([0, 1, 2, 3, 4]);
    expect(read.problems.map(({ what }) => what)).toEqual([
      'the checksum of its length does not fit; 100 bytes to the end of the file were not read',
    ]);
  });

  test('a last record that is cut off', async () => {
    const read = await readDamaged((bytes) => bytes.subarray(0, -1));
    expect(read.steps).toEqual([0, 1, 2, 3]);
    expect(read.problems).toMatchObject([{ kind: 'record-cut-off' }]);
  });

  test('noise under the name of an event file', async () => {
    const read = await readDamaged(() => Buffer.alloc(5000, 'noise'));
    expect(read.steps).toEqual([]);
    expect(read.problems).toHaveLength(1);
  });
});

test('records that go over the end of what is in memory at once, and one that is too long for numbers', async () => {
  const long = (bytes: number) => message([[4, new Uint8Array(bytes)]]);
  const file = eventsFile(
    event(0, simple('a', 0)),
    long(2 ** 20 - 150),
    event(1, simple('a', 1)),
    long(3 * 2 ** 20),
    event(2, simple('a', 2)),
    long(2 ** 24),
    event(3, simple('a', 3)),
  );
  const { runs } = await readWhole([file]);
  expect(runs.map((run) => seriesOf(run, 'a'))).toEqual([
    [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ],
  ]);
  expect(runs[0]?.others).toEqual(['(graph)', '(graph)']);
  expect(runs[0]?.problems).toMatchObject([{ kind: 'line-too-long' }]);
});

test('a length of more than a file can have', async () => {
  const file = eventsFile(event(0, simple('a', 0)));
  const record = recordOf(new Uint8Array(3));
  record.writeBigUInt64LE(2n ** 63n);
  writeFileSync(file, Buffer.concat([readFileSync(file), record]));
  const { runs } = await readWhole([file]);
  expect(runs[0]?.problems).toHaveLength(1);
});
