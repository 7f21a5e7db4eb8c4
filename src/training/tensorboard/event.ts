import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Numbers of the fields of an event: tensorflow/core/util/event.proto. */
export const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;

/** Of the repeated `value` of a summary, and of the fields of one: tensorflow/core/framework/summary.proto. */
export const SUMMARY = { value: 1 } as const;
export const SUMMARY_VALUE = { tag: 1, simpleValue: 2 } as const;

/** What TensorBoard looks for at the beginning of a file. */
const FILE_VERSION = 'brain.Event:2';

/** The first event of every file. Wall time in seconds since the epoch. */
export function versionEvent(wallTime: number): Uint8Array {
  return new BinaryWriter()
    .tag(EVENT.wallTime, WireType.Bit64)
    .double(wallTime)
    .tag(EVENT.fileVersion, WireType.LengthDelimited)
    .string(FILE_VERSION)
    .finish();
}

/** Scalars of one step, by tag (`metrics/is`); single precision. */
export function scalarsEvent(
  wallTime: number,
  step: number,
  scalars: Readonly<Record<string, number>>,
): Uint8Array {
  const writer = new BinaryWriter()
    .tag(EVENT.wallTime, WireType.Bit64)
    .double(wallTime)
    .tag(EVENT.step, WireType.Varint)
    .int64(step)
    .tag(EVENT.summary, WireType.LengthDelimited)
    .fork();
  for (const [tag, value] of Object.entries(scalars)) {
    writer
      .tag(SUMMARY.value, WireType.LengthDelimited)
      .fork()
      .tag(SUMMARY_VALUE.tag, WireType.LengthDelimited)
      .string(tag)
      .tag(SUMMARY_VALUE.simpleValue, WireType.Bit32)
      .float(value)
      .join();
  }
  return writer.join().finish();
}

/** The step of an event; undefined for one that has none, like the first of a file. A step of 0 that is written is one. */
export function stepOf(event: Uint8Array): number | undefined {
  const reader = new BinaryReader(event);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === EVENT.step) return Number(reader.int64());
    reader.skip(type);
  }
  return undefined;
}
