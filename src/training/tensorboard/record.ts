import crc32c from 'crc-32/crc32c.js';

/*
 * The record format of TensorFlow (tensorflow/core/lib/io/record_writer.h), little-endian:
 *
 *     uint64 length | uint32 masked CRC-32C of the length | data | uint32 masked CRC-32C of the data
 */

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

/** The data of the record that begins at an offset, and where it ends; undefined where no whole and sound one does. */
export function recordAt(
  file: Buffer,
  offset: number,
): { readonly data: Uint8Array; readonly end: number } | undefined {
  if (file.length < offset + HEADER) return undefined;
  if (file.readUInt32LE(offset + 8) !== masked(file.subarray(offset, offset + 8))) return undefined;
  const dataEnd = offset + HEADER + Number(file.readBigUInt64LE(offset));
  if (file.length < dataEnd + FOOTER) return undefined;
  const data = file.subarray(offset + HEADER, dataEnd);
  return file.readUInt32LE(dataEnd) === masked(data) ? { data, end: dataEnd + FOOTER } : undefined;
}

function masked(bytes: Uint8Array): number {
  const checksum = crc32c.buf(bytes);
  return (((checksum >>> 15) | (checksum << 17)) + MASK_DELTA) >>> 0;
}
