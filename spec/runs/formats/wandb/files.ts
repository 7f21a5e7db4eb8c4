import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** A message: the only content of the field of a number. */
export function field(number: number, content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(bytes).finish();
}

/** An item with a key, nested if it has several names, and a value as JSON. */
export function item(number: number, names: readonly string[], json: string): Uint8Array {
  const key =
    names.length === 1 ? field(1, names[0] ?? '') : Buffer.concat(names.map((name) => field(2, name)));
  return field(number, Buffer.concat([key, field(16, json)]));
}

/** A record of the history of a run. */
export function history(step: number, metrics: Readonly<Record<string, string>>): Uint8Array {
  const items = Object.entries(metrics).map(([key, json]) => item(1, key.split('.'), json));
  const number = new BinaryWriter().tag(1, WireType.Varint).int64(step).finish();
  return field(2, Buffer.concat([...items, field(2, number)]));
}

/** The record that ends a run. */
export function exit(code: number): Uint8Array {
  return field(18, new BinaryWriter().tag(1, WireType.Varint).int32(code).finish());
}

const BLOCK = 2 ** 15;
const HEAD = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0]);

/** The bytes of a `.wandb` file with these records. */
export function wandbBytes(...records: readonly Uint8Array[]): Buffer {
  const chunks: Buffer[] = [HEAD];
  let at = HEAD.length;
  const put = (chunk: Buffer): void => {
    chunks.push(chunk);
    at += chunk.length;
  };
  for (const record of records) {
    let [from, isFirst, isLast] = [0, true, false];
    while (!isLast) {
      if (BLOCK - (at % BLOCK) < 7) put(Buffer.alloc(BLOCK - (at % BLOCK)));
      const to = Math.min(record.length, from + BLOCK - (at % BLOCK) - 7);
      isLast = to === record.length;
      const type = isFirst ? (isLast ? 1 : 2) : isLast ? 4 : 3;
      const checked = Buffer.concat([Buffer.from([type]), record.subarray(from, to)]);
      const head = Buffer.alloc(6);
      head.writeUInt32LE(crc32(checked), 0);
      head.writeUInt16LE(to - from, 4);
      put(Buffer.concat([head, checked]));
      [from, isFirst] = [to, false];
    }
  }
  return Buffer.concat(chunks);
}

/** Writes a `.wandb` file into a folder of its own. */
export function wandbFile(bytes: Uint8Array): string {
  const file = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'run-1.wandb');
  writeFileSync(file, bytes);
  return file;
}
