import * as tf from '@tensorflow/tfjs';
import { unflatten } from '../../nn/flat.ts';
import type { PpoConfiguration } from './configuration.ts';
import type { PpoKit } from './kit.ts';
import { ppoShapes } from './network.ts';
import type { PpoSizes } from './spaces.ts';

/** What a policy and its critic say of observations (n, O): (n, A) and (n, C), the latter in the units of the loss. */
export type Act = (observations: Float32Array) => Promise<{
  readonly policies: Float32Array;
  readonly values: Float32Array;
}>;

/** Networks at observations: (n, A + C), what the policy says and the values beside each other. */
export type Forward = (inputs: Readonly<Record<string, tf.Tensor>>) => { readonly outputs: tf.Tensor2D };

/** Of `weights`, flat (P), and `observations` (n, O). The scope around a call owns everything that it makes. */
export function forwardOf(
  kit: Pick<PpoKit, 'network'>,
  { network }: Pick<PpoConfiguration, 'network'>,
  sizes: PpoSizes,
): Forward {
  const shapes = ppoShapes(sizes, network);
  return ({ weights, observations }) => {
    const tensors = unflatten(weights as tf.Tensor1D, shapes);
    const { policy, values } = kit.network(tensors, observations as tf.Tensor2D, sizes, network);
    return { outputs: tf.concat2d([policy, values], 1) };
  };
}

/** The networks at weights (P), as an agent asks them: one reading an answer. */
export function actWith(
  forward: Forward,
  weights: tf.Tensor1D,
  { observations: seen, actions, rewards }: PpoSizes,
): Act {
  return async (rows) => {
    const count = rows.length / seen;
    const { outputs } = tf.tidy(() => forward({ weights, observations: tf.tensor2d(rows, [count, seen]) }));
    const numbers = await outputs.data<'float32'>();
    outputs.dispose();
    const width = actions + rewards;
    const policies = new Float32Array(count * actions);
    const values = new Float32Array(count * rewards);
    for (let row = 0; row < count; row += 1) {
      policies.set(numbers.subarray(row * width, row * width + actions), row * actions);
      values.set(numbers.subarray(row * width + actions, (row + 1) * width), row * rewards);
    }
    return { policies, values };
  };
}
