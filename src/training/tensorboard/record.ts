import crc32c from 'crc-32/crc32c.js';

/*
 * The record format of TensorFlow (tensorflow/core/lib/io/record_writer.h), little-endian:
 *
 *     uint64 length | uint32 masked CRC-32C of the length | data | uint32 masked CRC-32C of the data
 */

/** Bytes before the data, and behind them. */
const HEADER = 12;
const FOOTER = 4;

/** From tensorflow/core/lib/hash/crc32c.h: the checksum of a text that holds checksums would be weak without it. */
const MASK_DELTA = 0xa282ead8;

/** One record around its data. */
export function recordOf(data: Uint8Array): Buffer {
  const record = Buffer.alloc(HEADER + data.length + FOOTER);
  record.writeBigUInt64LE(BigInt(data.length), 0);
  record.writeUInt32LE(masked(record.subarray(0, 8)), 8);
  record.set(data, HEADER);
  record.writeUInt32LE(masked(data), HEADER + data.length);
  return record;
}

/** What begins at an offset. */
export type RecordState =
  | { readonly state: 'whole'; readonly data: Uint8Array; readonly end: number }
  /** The bytes end before the record; it would end at `end`, where its length is there. */
  | { readonly state: 'cut-off'; readonly end: number | undefined }
  /** The checksum of the length is wrong: where the next record begins is not known. */
  | { readonly state: 'length-damaged' }
  /** The checksum of the data is wrong. */
  | { readonly state: 'data-damaged'; readonly end: number };

/** What begins at an offset: a record, or what is left of one. */
export function recordStateAt(bytes: Buffer, offset: number): RecordState {
  if (bytes.length < offset + HEADER) return { state: 'cut-off', end: undefined };
  if (!isHeaderAt(bytes, offset)) return { state: 'length-damaged' };
  const dataEnd = offset + HEADER + Number(bytes.readBigUInt64LE(offset));
  const end = dataEnd + FOOTER;
  if (bytes.length < end) return { state: 'cut-off', end };
  const data = bytes.subarray(offset + HEADER, dataEnd);
  return bytes.readUInt32LE(dataEnd) === masked(data)
    ? { state: 'whole', data, end }
    : { state: 'data-damaged', end };
}

/** Whether a length and its checksum stand at an offset. */
export function isHeaderAt(bytes: Buffer, offset: number): boolean {
  if (bytes.length < offset + HEADER) return false;
  return bytes.readUInt32LE(offset + 8) === masked(bytes.subarray(offset, offset + 8));
}

/** The data of the record that begins at an offset, and where it ends; undefined where no whole and sound one does. */
export function recordAt(
  file: Buffer,
  offset: number,
): { readonly data: Uint8Array; readonly end: number } | undefined {
  const record = recordStateAt(file, offset);
  return record.state === 'whole' ? record : undefined;
}

function masked(bytes: Uint8Array): number {
  const checksum = crc32c.buf(bytes);
  return (((checksum >>> 15) | (checksum << 17)) + MASK_DELTA) >>> 0;
}
