import { z } from 'zod';

/*
 * JSON that keeps every bit: doubles print shortest-round-trip, which is exact; what JSON lacks (−0, NaN, infinities,
 * typed arrays) is tagged. NaN payloads of typed arrays survive, since arrays travel as little-endian bytes.
 */

const ARRAYS = { Float32Array, Float64Array, Int32Array, Uint8Array } as const;
type ArrayName = keyof typeof ARRAYS;

const numberTag = z.strictObject({ $number: z.enum(['-0', 'NaN', 'Infinity', '-Infinity']) });
const arrayTag = z.strictObject({
  $array: z.enum(['Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array']),
  base64: z.base64(),
});

/** The JSON value that stands for `value`, and from which `fromBitExact` makes an equal one. */
export function toBitExact(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $number: Object.is(value, -0) ? '-0' : String(value) };
  }
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { $array: value.constructor.name, base64: bytes.toString('base64') };
  }
  if (Array.isArray(value)) return value.map(toBitExact);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toBitExact(entry)]));
  }
  return value;
}

/** The value that `toBitExact` made this JSON from. */
export function fromBitExact(json: unknown): unknown {
  const number = numberTag.safeParse(json);
  if (number.success) return Number(number.data.$number);
  const array = arrayTag.safeParse(json);
  if (array.success) return arrayOf(array.data.$array, Buffer.from(array.data.base64, 'base64'));
  if (Array.isArray(json)) return json.map(fromBitExact);
  if (typeof json === 'object' && json !== null) {
    return Object.fromEntries(Object.entries(json).map(([key, entry]) => [key, fromBitExact(entry)]));
  }
  return json;
}

function arrayOf(name: ArrayName, bytes: Buffer): Float32Array | Float64Array | Int32Array | Uint8Array {
  // A copy, since a view of Node's pooled buffer need not be aligned to the element size.
  return new ARRAYS[name](Uint8Array.from(bytes).buffer);
}
