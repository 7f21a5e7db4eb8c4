import * as tf from '@tensorflow/tfjs';

type KernelFunc = tf.KernelConfig['kernelFunc'];

/** Replaces a kernel of a backend by what `change` makes of it; returns the function that puts it back. */
export function replaceKernel(
  kernelName: string,
  backendName: string,
  change: (original: KernelFunc) => KernelFunc,
): () => void {
  const original = tf.getKernel(kernelName, backendName);
  const put = (kernel: tf.KernelConfig): void => {
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(kernel);
  };
  put({ ...original, kernelFunc: change((call) => original.kernelFunc(call)) });
  return () => {
    put(original);
  };
}

/** A kernel whose values are changed on the host, one by one, after it has run. */
export function withValues(
  change: (value: number, index: number) => number,
): (original: KernelFunc) => KernelFunc {
  return (original) => (call) => {
    const made = original(call);
    if (Array.isArray(made)) throw new Error('kernels with several outputs are not changed here');
    const backend = tf.backend();
    const values = backend.readSync(made.dataId) as Float32Array;
    const dataId = backend.write(Float32Array.from(values, change), made.shape, made.dtype);
    backend.disposeData(made.dataId);
    return { dataId, shape: made.shape, dtype: made.dtype };
  };
}
