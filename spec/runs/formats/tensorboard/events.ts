import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { versionEvent } from '../../../../src/training/tensorboard/event.ts';
import { recordAt, recordOf } from '../../../../src/training/tensorboard/record.ts';

/** A message within another, as the field of a number. */
export type Part = readonly [field: number, content: Uint8Array | string];

/** Fields of bytes, behind what `writer` has already. */
export function message(parts: readonly Part[], writer = new BinaryWriter()): Uint8Array {
  for (const [field, content] of parts) {
    writer
      .tag(field, WireType.LengthDelimited)
      .bytes(typeof content === 'string' ? Buffer.from(content) : content);
  }
  return writer.finish();
}

/** An event with one summary, of values that are messages. */
export function event(step: number, ...values: readonly Uint8Array[]): Uint8Array {
  const head = new BinaryWriter().tag(1, WireType.Bit64).double(1_700_000_000 + step);
  head.tag(2, WireType.Varint).int64(step);
  return message([[5, message(values.map((value) => [1, value] as const))]], head);
}

/** A value that is a float. */
export function simple(tag: string, value: number): Uint8Array {
  return message(
    [],
    new BinaryWriter()
      .raw(message([[1, tag]]))
      .tag(2, WireType.Bit32)
      .float(value),
  );
}

/** A value that is a tensor of a type and, if they are given, sizes; `parts` are what holds its numbers. */
export function tensor(
  tag: string,
  type: number,
  parts: readonly Part[],
  { sizes = [], plugin }: { readonly sizes?: readonly number[]; readonly plugin?: string } = {},
): Uint8Array {
  const shape = message(
    sizes.map((size) => [2, new BinaryWriter().tag(1, WireType.Varint).int64(size).finish()] as const),
  );
  const proto = message([[2, shape], ...parts], new BinaryWriter().tag(1, WireType.Varint).int32(type));
  const metadata: readonly Part[] = plugin === undefined ? [] : [[9, message([[1, message([[1, plugin]])]])]];
  return message([[1, tag], [8, proto], ...metadata]);
}

/** An event file of its own folder, begun as all are. */
export function eventsFile(...events: readonly Uint8Array[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'events.out.tfevents.1700000000.host');
  writeFileSync(file, Buffer.concat([versionEvent(1_700_000_000), ...events].map((data) => recordOf(data))));
  return file;
}

/** Where the records of an event file begin, and where the last one ends. */
export function boundsOf(bytes: Buffer): readonly number[] {
  const bounds = [0];
  for (let record = recordAt(bytes, 0); record !== undefined; record = recordAt(bytes, record.end)) {
    bounds.push(record.end);
  }
  return bounds;
}
