import { SubjectError } from '../errors.ts';
import type { TensorValue } from './tensor-value.ts';
import { ARRAY_OF, typeOf } from './tensor-value.ts';

/** The tensors that a tensor (T, …) is a stack of. */
export function rowsOf({ dtype, shape, data }: TensorValue): readonly TensorValue[] {
  const [count = 0, ...rest] = shape;
  const size = data.length / count;
  return Array.from({ length: count }, (_, row) => ({
    dtype,
    shape: rest,
    data: data.slice(row * size, (row + 1) * size),
  }));
}

/**
 * Tensors of one type as one with a leading axis.
 *
 * @throws SubjectError `answers-of-two-types` where a later answer has another shape or dtype than the first.
 */
export function stacked(tensors: readonly TensorValue[]): TensorValue {
  const [first] = tensors;
  if (first === undefined) return { dtype: 'float32', shape: [0], data: new Float32Array(0) };
  const other = tensors.find((tensor) => typeOf(tensor) !== typeOf(first));
  if (other !== undefined) {
    throw new SubjectError({
      code: 'answers-of-two-types',
      what: 'an object answered with tensors of two types in turn',
      given: `${typeOf(first)}, then ${typeOf(other)}`,
      expected: 'one shape and one dtype throughout',
    });
  }
  const size = first.data.length;
  const data = new ARRAY_OF[first.dtype](size * tensors.length);
  tensors.forEach((tensor, index) => {
    data.set(tensor.data, index * size);
  });
  return { dtype: first.dtype, shape: [tensors.length, ...first.shape], data };
}

/** Numbers of the host as a vector. */
export function vectorOf(dtype: TensorValue['dtype'], values: readonly number[]): TensorValue {
  return { dtype, shape: [values.length], data: ARRAY_OF[dtype].from(values) };
}
