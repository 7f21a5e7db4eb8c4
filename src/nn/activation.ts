import type * as tf from '@tensorflow/tfjs';

/** A nonlinearity, unit by unit, and its derivative, written in what the forward pass has made already. */
export interface Activation {
  readonly name: string;
  /** Sums xW + b that one unit is made of: 1 for a function of one variable. */
  readonly sumsPerUnit: number;
  /** y = f(x): (R, w · sumsPerUnit) gives (R, w). */
  readonly apply: (x: tf.Tensor2D) => tf.Tensor2D;
  /** dy · f′(x), in the shape of x; written in y = f(x) and, where y does not tell x, in x. */
  readonly gradient: (dy: tf.Tensor2D, y: tf.Tensor2D, x: tf.Tensor2D) => tf.Tensor2D;
}
