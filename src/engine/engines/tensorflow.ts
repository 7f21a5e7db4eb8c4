import { loadNative } from './native.ts';

/** Makes tfjs know libtensorflow on the CPU. @throws InputError as `loadNative`. */
export async function loadTensorflow(): Promise<void> {
  await loadNative('tensorflow');
}
