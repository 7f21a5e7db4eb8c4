import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** A field of a protobuf message by its number and the way in which it is written, in one number, as the bytes have them. */
export const varint = (field: number): number => field * 8 + WireType.Varint;
export const bits64 = (field: number): number => field * 8 + WireType.Bit64;
export const bits32 = (field: number): number => field * 8 + WireType.Bit32;
export const bytes = (field: number): number => field * 8 + WireType.LengthDelimited;

/**
 * Goes through the fields of a message. Those that `take` does not read, and says so by `false`, are skipped, as unknown
 * fields are to be.
 *
 * @throws Error where the bytes are no message
 */
export function eachField(message: Uint8Array, take: (key: number, reader: BinaryReader) => boolean): void {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (!take(field * 8 + type, reader)) reader.skip(type, field);
  }
}

/**
 * Numbers of a repeated field, where they are packed into bytes.
 *
 * @throws Error where the bytes are no such numbers
 */
export function unpacked<Value>(packed: Uint8Array, next: (reader: BinaryReader) => Value): Value[] {
  const reader = new BinaryReader(packed);
  const numbers: Value[] = [];
  while (reader.pos < reader.len) numbers.push(next(reader));
  return numbers;
}
