import type * as tf from '@tensorflow/tfjs';
import type { Activation } from './activation.ts';
import { withGradient } from './custom-gradient.ts';

/** f(x), unit by unit, with one entry on the tape: (R, w · sumsPerUnit) gives (R, w). */
export function activate(x: tf.Tensor2D, { apply, gradient }: Activation): tf.Tensor2D {
  return withGradient<[tf.Tensor2D], tf.Tensor2D>([x], {
    value: (save) => {
      const y = apply(x);
      save([x, y]);
      return y;
    },
    // tfjs hands saved tensors back without their rank.
    gradient: (dy, [before = dy, after = dy]) => [gradient(dy, after as tf.Tensor2D, before as tf.Tensor2D)],
  });
}
