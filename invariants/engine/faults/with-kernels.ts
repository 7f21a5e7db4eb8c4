import * as tf from '@tensorflow/tfjs';

/**
 * Does some work while kernels of the current backend have their outputs replaced; the kernels are put back when the
 * work is over, also when it throws. `replace` must not use one of them.
 */
export async function withKernels<T>(
  names: readonly string[],
  replace: (output: tf.Tensor) => tf.Tensor,
  work: () => Promise<T>,
): Promise<T> {
  const kernels = names.map((name) => tf.getKernel(name, tf.getBackend()));
  for (const kernel of kernels) {
    swap({
      ...kernel,
      kernelFunc: (call) => {
        const output = kernel.kernelFunc(call);
        if (Array.isArray(output)) return output;
        return replace(tf.engine().makeTensorFromTensorInfo(output));
      },
    });
  }
  try {
    return await work();
  } finally {
    kernels.forEach(swap);
  }
}

function swap(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}
