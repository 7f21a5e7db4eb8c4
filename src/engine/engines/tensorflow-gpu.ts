import { loadNative } from './native.ts';

/** Makes tfjs know libtensorflow on an NVIDIA GPU, which must be in use. @throws InputError as `loadNative`. */
export async function loadTensorflowGpu(): Promise<void> {
  await loadNative('tensorflow-gpu');
}
