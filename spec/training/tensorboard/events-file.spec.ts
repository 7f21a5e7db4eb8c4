import { appendFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EventsFile } from '../../../src/training/tensorboard/events-file.ts';
import { recordAt, recordOf } from '../../../src/training/tensorboard/record.ts';

/*
 * What is written is read here by other means than it was written with: a checksum bit by bit, and protobuf by hand.
 */

/** CRC-32C by its definition: division by the reflected polynomial 0x1EDC6F41, bit by bit. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Rotated right by 15 bits, and a constant added: in whole numbers, so that no sign gets in. */
function masked(bytes: Uint8Array): number {
  const crc = BigInt(checksum(bytes));
  return Number(((((crc >> 15n) | (crc << 17n)) % 2n ** 32n) + 0xa282ead8n) % 2n ** 32n);
}

type Field = readonly [number: number, value: number | Buffer];

/** Fields of a protobuf message: varints and doubles as numbers, everything with a length as bytes. */
function fieldsOf(message: Buffer): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = message[at++] ?? 0;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  while (at < message.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    if (key % 8 === 0) fields.push([number, varint()]);
    else if (key % 8 === 1) fields.push([number, message.readDoubleLE((at += 8) - 8)]);
    else if (key % 8 === 5) fields.push([number, message.readFloatLE((at += 4) - 4)]);
    else {
      const length = varint();
      fields.push([number, message.subarray(at, (at += length))]);
    }
  }
  return fields;
}

function recordsOf(file: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(file.readUInt32LE(at + 8)).toBe(masked(file.subarray(at, at + 8)));
    expect(file.readUInt32LE(at + 12 + length)).toBe(masked(data));
    records.push(data);
    at += 16 + length;
  }
  return records;
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));
const fileIn = (path: string): string => join(path, readdirSync(path)[0] ?? '');

function scalarsOf(path: string): readonly unknown[] {
  return recordsOf(readFileSync(fileIn(path)))
    .slice(1)
    .map((event) => {
      const fields = new Map(fieldsOf(event));
      const values = fieldsOf(fields.get(5) as Buffer).map(([, value]) => new Map(fieldsOf(value as Buffer)));
      return [fields.get(2), Object.fromEntries(values.map((value) => [String(value.get(1)), value.get(2)]))];
    });
}

describe('the CRC-32C of a record', () => {
  it('is that of RFC 3720, B.4: 32 zeros, 32 ones, 0 … 31', () => {
    const cases: readonly [Uint8Array, number][] = [
      [new Uint8Array(32), 0x8a9136aa],
      [new Uint8Array(32).fill(0xff), 0x62a8ab43],
      [Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
    ];
    for (const [bytes, crc] of cases) {
      expect(checksum(bytes)).toBe(crc);
      expect(recordOf(bytes).readUInt32LE(12 + 32)).toBe(masked(bytes));
    }
  });

  it('finds a bit that has changed, in the length and in the data', () => {
    const record = recordOf(Buffer.from('data'));
    expect(recordAt(record, 0)).toMatchObject({ end: record.length });
    for (const at of [0, 13, record.length - 1]) {
      const damaged = Buffer.from(record);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      expect(recordAt(damaged, 0)).toBeUndefined();
    }
    expect(recordAt(record.subarray(0, -1), 0)).toBeUndefined();
  });
});

describe('an event file', () => {
  it('holds its version, then scalars by tag, step and time', () => {
    const path = folder();
    const before = Date.now() / 1000;
    const file = new EventsFile(path, () => true);
    file.append(0, { 'metrics/is': 0.1, 'timing/rss': -2e20 });
    file.append(300_000, { 'metrics/is': 0.25 });
    file.close();
    const [first, second] = recordsOf(readFileSync(fileIn(path)));
    expect(String(new Map(fieldsOf(first ?? Buffer.alloc(0))).get(3))).toBe('brain.Event:2');
    const time = new Map(fieldsOf(second ?? Buffer.alloc(0))).get(1) as number;
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now() / 1000);
    expect(scalarsOf(path)).toEqual([
      [0, { 'metrics/is': Math.fround(0.1), 'timing/rss': Math.fround(-2e20) }],
      [300_000, { 'metrics/is': 0.25 }],
    ]);
  });

  it('is gone on with after the events that are kept, whatever a crash has left behind them', () => {
    const path = folder();
    const first = new EventsFile(path, () => true);
    for (const step of [0, 10, 20]) first.append(step, { a: step });
    first.close();
    appendFileSync(fileIn(path), 'half a record');
    const second = new EventsFile(path, (step) => step < 20);
    second.append(20, { a: -1 });
    second.close();
    expect(readdirSync(path)).toHaveLength(1);
    expect(scalarsOf(path)).toEqual([
      [0, { a: 0 }],
      [10, { a: 10 }],
      [20, { a: -1 }],
    ]);
  });
});
