import * as tf from '@tensorflow/tfjs';

/**
 * Does some work while a kernel of the current backend has its output replaced; the kernel is put back when the work
 * is over, also when it throws.
 */
export async function withKernel<T>(
  name: string,
  replace: (output: tf.Tensor) => tf.Tensor,
  work: () => Promise<T>,
): Promise<T> {
  const kernel = tf.getKernel(name, tf.getBackend());
  swap({
    ...kernel,
    kernelFunc: (call) => {
      const output = kernel.kernelFunc(call);
      if (Array.isArray(output)) return output;
      return replace(tf.engine().makeTensorFromTensorInfo(output));
    },
  });
  try {
    return await work();
  } finally {
    swap(kernel);
  }
}

function swap(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}
