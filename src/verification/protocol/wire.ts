import { endianness } from 'node:os';
import { SubjectError, SuiteError } from '../../errors.ts';
import type { FloatDtype, TensorData, TensorValue } from '../tensor-value.ts';
import { ARRAY_OF, heldAs, sizeOf } from '../tensor-value.ts';
import { handle } from '../contracts/fields.ts';
import { wireNumber, wireTensor } from './messages.ts';

/*
 * Values on the wire: tensors as base64 of their bytes, so that they pass bit for bit; numbers that JSON lacks by name; all
 * else as JSON has it.
 */

if (endianness() !== 'LE') {
  throw new SuiteError({
    code: 'big-endian',
    what: 'tensors travel as little-endian bytes, which this machine does not have',
  });
}

/** The JSON that stands for a value; float32 tensors are widened where the subject is asked in double precision. */
export function toWire(value: unknown, dtype: FloatDtype = 'float32'): unknown {
  if (typeof value === 'number') return numberToWire(value);
  if (isTensor(value)) return tensorToWire(heldAs(dtype, value));
  if (Array.isArray(value)) return value.map((entry) => toWire(entry, dtype));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toWire(entry, dtype)]));
  }
  return value;
}

/**
 * The value that JSON of a subject stands for.
 *
 * @throws SubjectError `tensor-malformed` for a tensor that is none, with where in the answer it is.
 */
export function fromWire(json: unknown, at = 'the answer'): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map((entry, index) => fromWire(entry, `${at}[${index}]`));
  if ('$number' in json) return numberFromWire(json, at);
  if ('$handle' in json && handle.safeParse(json).success) return json;
  if ('dtype' in json && 'shape' in json && 'data' in json) return tensorFromWire(json, at);
  return Object.fromEntries(
    Object.entries(json).map(([key, entry]) => [key, fromWire(entry, `${at}.${key}`)]),
  );
}

/** A tensor of `meta`: a shape and a dtype. */
export interface TensorType {
  readonly dtype: TensorValue['dtype'];
  readonly shape: readonly number[];
  readonly data: null;
}

function numberToWire(value: number): unknown {
  if (Object.is(value, -0)) return { $number: '-0' };
  return Number.isFinite(value) ? value : { $number: String(value) };
}

function numberFromWire(json: object, at: string): number {
  const parsed = wireNumber.safeParse(json);
  if (parsed.success && typeof parsed.data === 'object') return Number(parsed.data.$number);
  throw malformed(at, JSON.stringify(json), 'a $number of -0, NaN, Infinity or -Infinity');
}

function tensorToWire({ dtype, shape, data }: TensorValue): unknown {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { dtype, shape, data: bytes.toString('base64') };
}

function tensorFromWire(json: object, at: string): TensorValue | TensorType {
  const parsed = wireTensor.safeParse(json);
  if (!parsed.success) {
    const stories = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw malformed(at, stories.join('; '), 'a tensor {dtype, shape, data}, data base64 of its bytes');
  }
  const { dtype, shape, data } = parsed.data;
  if (data === null) return { dtype, shape, data };
  // What is not base64 is skipped by the decoder: either length gives it away.
  const bytes = Buffer.from(data, 'base64');
  const expected = sizeOf(shape) * ARRAY_OF[dtype].BYTES_PER_ELEMENT;
  if (bytes.length !== expected || data.length !== 4 * Math.ceil(expected / 3)) {
    throw malformed(
      at,
      `${dtype}[${shape.join(', ')}] with data of ${bytes.length} bytes (${data.length} characters)`,
      `base64 of ${expected} bytes, ${ARRAY_OF[dtype].BYTES_PER_ELEMENT} for each of its ${sizeOf(shape)} elements`,
    );
  }
  const values = arrayOf(dtype, bytes);
  if (dtype === 'bool' && values.some((value) => value > 1)) {
    throw malformed(at, 'a bool that is neither 0 nor 1', 'a byte for each element, 0 or 1');
  }
  return { dtype, shape, data: values };
}

/** Of a copy: a view of Node's pooled buffer need not be aligned to the size of the elements. */
function arrayOf(dtype: TensorValue['dtype'], bytes: Buffer): TensorData {
  return new ARRAY_OF[dtype](new Uint8Array(bytes).buffer);
}

function isTensor(value: unknown): value is TensorValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    'dtype' in value &&
    'shape' in value &&
    'data' in value &&
    ArrayBuffer.isView(value.data)
  );
}

function malformed(at: string, given: string, expected: string): SubjectError {
  return new SubjectError({
    code: 'tensor-malformed',
    what: `${at} is not a value of the protocol`,
    given,
    expected,
    todo: 'correct what the subject writes; `plumbline gate --subject … --validate` checks the adapter alone',
  });
}
