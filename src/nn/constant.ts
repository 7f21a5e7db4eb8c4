import * as tf from '@tensorflow/tfjs';
import { withGradient } from './custom-gradient.ts';

/** The identity with zero gradient: what a loss must treat as given (shocks, states, sampled parameters). */
export function constant<T extends tf.Tensor>(x: T): T {
  return withGradient<[T], T>([x], {
    value: () => tf.clone(x),
    gradient: (dy) => [tf.zerosLike(dy)],
  });
}
