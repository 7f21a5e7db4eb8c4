import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/*
 * The part of tensorflow/core/util/event.proto and summary.proto that scalars need:
 *
 *     message Event   { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
 *     message Summary { message Value { string tag = 1; float simple_value = 2; } repeated Value value = 1; }
 */

/** What TensorBoard looks for at the beginning of a file. */
const FILE_VERSION = 'brain.Event:2';

/** The first event of every file. Wall time in seconds since the epoch. */
export function versionEvent(wallTime: number): Uint8Array {
  return new BinaryWriter()
    .tag(1, WireType.Bit64)
    .double(wallTime)
    .tag(3, WireType.LengthDelimited)
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
    .tag(1, WireType.Bit64)
    .double(wallTime)
    .tag(2, WireType.Varint)
    .int64(step)
    .tag(5, WireType.LengthDelimited)
    .fork();
  for (const [tag, value] of Object.entries(scalars)) {
    writer
      .tag(1, WireType.LengthDelimited)
      .fork()
      .tag(1, WireType.LengthDelimited)
      .string(tag)
      .tag(2, WireType.Bit32)
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
    if (field === 2) return Number(reader.int64());
    reader.skip(type);
  }
  return undefined;
}
