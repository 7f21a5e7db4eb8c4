import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { bits32, bits64, bytes, eachField, unpacked, varint } from '../../binary/message.ts';

/*
 * The part of tensorflow/core/framework/tensor.proto that a tensor of one element needs. Values stand in the field of their
 * type, or as little-endian bytes in `tensor_content`.
 */
const [DTYPE, SHAPE, CONTENT] = [varint(1), bytes(2), bytes(4)];
const [SHAPE_DIM, DIM_SIZE, STRING] = [bytes(2), varint(1), 8];

/** Of a type: how one value is read from a field of values, and from bytes. */
interface NumberType {
  /** The field of such values. */
  readonly field: number;
  /** As one value is written in it. */
  readonly key: (field: number) => number;
  readonly next: (reader: BinaryReader) => number | bigint;
  readonly bytes: number;
  readonly read: (view: DataView) => number | bigint;
}

const int = (reader: BinaryReader): number => reader.int32();
const long = (reader: BinaryReader): bigint => BigInt(reader.int64());

/** By their numbers in tensorflow/core/framework/types.proto, numbers only. */
const NUMBER_TYPES: Readonly<Partial<Record<number, NumberType>>> = {
  1: {
    field: 5,
    key: bits32,
    next: (reader) => reader.float(),
    bytes: 4,
    read: (v) => v.getFloat32(0, true),
  },
  2: {
    field: 6,
    key: bits64,
    next: (reader) => reader.double(),
    bytes: 8,
    read: (v) => v.getFloat64(0, true),
  },
  3: { field: 7, key: varint, next: int, bytes: 4, read: (v) => v.getInt32(0, true) },
  4: { field: 7, key: varint, next: int, bytes: 1, read: (v) => v.getUint8(0) },
  5: { field: 7, key: varint, next: int, bytes: 2, read: (v) => v.getInt16(0, true) },
  6: { field: 7, key: varint, next: int, bytes: 1, read: (v) => v.getInt8(0) },
  9: { field: 10, key: varint, next: long, bytes: 8, read: (v) => v.getBigInt64(0, true) },
  10: { field: 11, key: varint, next: int, bytes: 1, read: (v) => v.getUint8(0) },
  14: {
    field: 13,
    key: varint,
    next: (reader) => brain(reader.int32()),
    bytes: 2,
    read: (v) => brain(v.getUint16(0, true)),
  },
  17: { field: 7, key: varint, next: int, bytes: 2, read: (v) => v.getUint16(0, true) },
  19: {
    field: 13,
    key: varint,
    next: (reader) => half(reader.int32()),
    bytes: 2,
    read: (v) => half(v.getUint16(0, true)),
  },
  22: {
    field: 16,
    key: varint,
    next: (reader) => reader.uint32(),
    bytes: 4,
    read: (v) => v.getUint32(0, true),
  },
  23: {
    field: 17,
    key: varint,
    next: (reader) => BigInt(reader.uint64()),
    bytes: 8,
    read: (v) => v.getBigUint64(0, true),
  },
};

/** What a tensor holds, as far as it is one number or one text. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly number?: number;
  /** How a whole number is written in full, where it is of 64 bits. */
  readonly written?: string;
  readonly text?: string;
}

/**
 * Decodes a TensorProto; values only where it has one element.
 *
 * @throws Error where the bytes are no message
 */
export function tensorOf(message: Uint8Array): Tensor {
  let type: number | undefined;
  let content: Uint8Array | undefined;
  let shape: readonly number[] = [];
  eachField(message, (key, reader) => {
    if (key === DTYPE) type = reader.int32();
    else if (key === SHAPE) shape = shapeOf(reader.bytes());
    else if (key === CONTENT) content = reader.bytes();
    else return false;
    return true;
  });
  if (type === undefined || shape.some((size) => size !== 1)) return { shape };
  const numberType = NUMBER_TYPES[type];
  if (numberType === undefined) {
    const text = textIn(message);
    return text === undefined ? { shape } : { shape, text };
  }
  const number = content === undefined ? valueIn(message, numberType) : valueOf(content, numberType);
  if (number === undefined) return { shape };
  return {
    shape,
    number: Number(number),
    ...(typeof number === 'bigint' ? { written: String(number) } : {}),
  };
}

function shapeOf(message: Uint8Array): readonly number[] {
  const shape: number[] = [];
  eachField(message, (key, reader) => {
    if (key !== SHAPE_DIM) return false;
    let size = 0;
    eachField(reader.bytes(), (dimKey, dim) => {
      if (dimKey !== DIM_SIZE) return false;
      size = Number(dim.int64());
      return true;
    });
    shape.push(size);
    return true;
  });
  return shape;
}

function valueOf(content: Uint8Array, { bytes: size, read }: NumberType): number | bigint | undefined {
  if (content.length !== size) return undefined;
  return read(new DataView(content.buffer, content.byteOffset, size));
}

/** The only value in the field of its type, packed or not; 0 where zeros were left out, as protobuf does. */
function valueIn(message: Uint8Array, { field, key: alone, next }: NumberType): number | bigint | undefined {
  const values: (number | bigint)[] = [];
  eachField(message, (key, reader) => {
    if (key === alone(field)) values.push(next(reader));
    else if (key === bytes(field)) values.push(...unpacked(reader.bytes(), next).slice(0, 2));
    else return false;
    return true;
  });
  return values.length > 1 ? undefined : (values[0] ?? 0);
}

function textIn(message: Uint8Array): string | undefined {
  let text: string | undefined;
  eachField(message, (key, reader) => {
    if (key !== bytes(STRING) || text !== undefined) return false;
    text = reader.string();
    return true;
  });
  return text;
}

/** From the bits of a bfloat16: the upper half of those of a float. */
function brain(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits & 0xffff);
  return view.getFloat32(0);
}

/** From the bits of a half: a sign, 5 bits of exponent with bias 15, 10 bits of fraction (IEEE 754). */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
