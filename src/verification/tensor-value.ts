import { z } from 'zod';
import { SuiteError } from '../errors.ts';

export const DTYPES = ['float32', 'float64', 'int32', 'bool'] as const;
export type Dtype = (typeof DTYPES)[number];
export type FloatDtype = Extract<Dtype, 'float32' | 'float64'>;
export type TensorData = Float32Array | Float64Array | Int32Array | Uint8Array;

/** A tensor as it crosses the border between a law and a subject: plain data, no engine. Row-major. */
export interface TensorValue {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** The array type of each dtype. */
export const ARRAY_OF = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const;

/** The number of elements of a tensor of this shape (1 for a scalar). */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A well-formed tensor: data of the array type of its dtype, as long as its shape says. Shape and dtype are free: laws judge them. */
export const tensorSchema: z.ZodType<TensorValue> = z
  .object({
    dtype: z.enum(DTYPES),
    shape: z.array(z.int().nonnegative()).readonly(),
    data: z.union([
      z.instanceof(Float32Array),
      z.instanceof(Float64Array),
      z.instanceof(Int32Array),
      z.instanceof(Uint8Array),
    ]),
  })
  .superRefine((value, context) => {
    if (!(value.data instanceof ARRAY_OF[value.dtype])) {
      context.addIssue({
        code: 'custom',
        message: `data of dtype ${value.dtype} is a ${value.data.constructor.name}`,
      });
    }
    if (value.data.length !== sizeOf(value.shape)) {
      context.addIssue({
        code: 'custom',
        message: `shape [${value.shape.join(', ')}] has ${sizeOf(value.shape)} elements, data has ${value.data.length}`,
      });
    }
  });

/**
 * A float32 tensor of the given shape; values are rounded to single precision.
 *
 * @throws SuiteError `tensor-size` when shape and data disagree.
 * @example float32([2], [1, 2]).data // Float32Array [1, 2]
 */
export function float32(shape: readonly number[], data: ArrayLike<number>): TensorValue {
  if (sizeOf(shape) !== data.length) {
    throw new SuiteError({
      code: 'tensor-size',
      what: 'a tensor value was built with data that does not fill its shape',
      given: `shape [${shape.join(', ')}], ${data.length} values`,
      expected: `${sizeOf(shape)} values`,
    });
  }
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

/**
 * A tensor of real numbers in the dtype of a subject: for inputs that a law computes, which a subject in double precision
 * must get unrounded.
 */
export function reals(dtype: FloatDtype, shape: readonly number[], data: ArrayLike<number>): TensorValue {
  return dtype === 'float32' ? float32(shape, data) : { dtype, shape, data: Float64Array.from(data) };
}

/** The same numbers in the dtype in which a subject holds them: single precision fits into double. */
export function heldAs(dtype: FloatDtype, value: TensorValue): TensorValue {
  return dtype === 'float64' && value.dtype === 'float32' ? reals(dtype, value.shape, value.data) : value;
}

/** `float32[3, 8]`, the way reports name a tensor's type. */
export function typeOf(value: TensorValue): string {
  return `${value.dtype}[${value.shape.join(', ')}]`;
}
