import { memory } from '@tensorflow/tfjs';

/**
 * Tensors that are alive, and their bytes, as tfjs counts them on all its backends: a view (a reshape, a clone) counts
 * like a tensor with data of its own, though it shares those of another.
 */
export interface TensorMemory {
  readonly tensors: number;
  readonly bytes: number;
}

export function tensorMemory(): TensorMemory {
  const { numTensors, numBytes } = memory();
  return { tensors: numTensors, bytes: numBytes };
}
