import * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../errors.ts';
import type { Dtype, TensorData, TensorValue } from '../verification/tensor-value.ts';

/**
 * A tensor of the engine from plain data; its owner disposes of it.
 *
 * @throws SubjectError `dtype-unsupported` for float64, which tfjs does not have.
 */
export function upload({ dtype, shape, data }: TensorValue): tf.Tensor {
  if (dtype === 'float64' || data instanceof Float64Array) {
    throw new SubjectError({
      code: 'dtype-unsupported',
      what: 'tfjs has no float64',
      given: dtype,
      expected: 'float32, int32 or bool',
    });
  }
  return tf.tensor(data, [...shape], dtype);
}

/** A matrix of the engine from plain data that must have two dimensions. */
export function uploadMatrix(value: TensorValue): tf.Tensor2D {
  return upload(value) as tf.Tensor2D;
}

/** The tensor as plain data, whatever its dtype has become. */
export async function download(tensor: tf.Tensor): Promise<TensorValue> {
  const data = await tensor.data();
  return { dtype: dtypeOf(tensor.dtype), shape: tensor.shape, data: copyOf(data) };
}

/** Runs tensor code, reads what it returns, and leaves no tensor of it behind. */
export async function evaluate<Name extends string>(
  code: () => Readonly<Record<Name, tf.Tensor>>,
): Promise<Record<Name, TensorValue>> {
  const tensors = tf.tidy(() => ({ ...code() }) as Record<Name, tf.Tensor>);
  try {
    const entries = Object.entries<tf.Tensor>(tensors).map(
      async ([name, tensor]) => [name, await download(tensor)] as const,
    );
    return Object.fromEntries(await Promise.all(entries)) as Record<Name, TensorValue>;
  } finally {
    tf.dispose(tensors);
  }
}

function dtypeOf(dtype: string): Dtype {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new SubjectError({
    code: 'dtype-unsupported',
    what: `an operation returned a tensor of dtype ${dtype}`,
  });
}

/** Engines may hand out a view of memory that they use again. */
function copyOf(data: Float32Array | Int32Array | Uint8Array): TensorData {
  return data.slice();
}
