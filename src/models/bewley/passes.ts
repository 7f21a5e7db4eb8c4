import * as tf from '@tensorflow/tfjs';

/**
 * What passes of equal size make together, by name: means of what the whole batch has one of (losses, gradients), and the
 * rows of what worlds and agents have. So the gradient of all worlds is exact, and memory is that of one pass.
 */
export function joinPasses<T extends Readonly<Record<string, tf.Tensor>>>(passes: readonly T[]): T {
  const [first] = passes;
  if (first === undefined || passes.length === 1) return first as T;
  const entries = Object.entries<tf.Tensor>(first).map(([name, { rank }]) => {
    const parts = passes.map((pass) => pass[name] as tf.Tensor);
    const whole = rank < 2 ? tf.div(tf.addN(parts), passes.length) : tf.concat(parts, 0);
    return [name, whole];
  });
  return Object.fromEntries(entries) as T;
}
