/** Makes tfjs know its backend in plain JavaScript, which the union package registers by itself. */
export async function loadCpu(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
}
