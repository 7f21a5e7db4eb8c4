import { SubjectError } from '../errors.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { typeOf } from '../verification/tensor-value.ts';

/**
 * Tensors of one type as one tensor with a first dimension more, in float32.
 *
 * @throws SubjectError `trace-changes-type` when their types differ: what was traced changed shape on the way.
 */
export function stack(values: readonly TensorValue[]): TensorValue {
  const [first] = values;
  if (first === undefined) return { dtype: 'float32', shape: [0], data: new Float32Array() };
  const odd = values.find((value) => typeOf(value) !== typeOf(first));
  if (odd !== undefined) {
    throw new SubjectError({
      code: 'trace-changes-type',
      what: 'a traced tensor changed its type during the run',
      given: `${typeOf(first)}, then ${typeOf(odd)}`,
    });
  }
  const data = new Float32Array(values.length * first.data.length);
  values.forEach((value, row) => {
    data.set(value.data, row * first.data.length);
  });
  return { dtype: 'float32', shape: [values.length, ...first.shape], data };
}
