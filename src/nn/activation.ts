import type * as tf from '@tensorflow/tfjs';

/** An elementwise nonlinearity whose derivative follows from its value, so that only the value is saved for it. */
export interface Activation {
  readonly name: string;
  /** y = f(x), same shape. */
  readonly apply: (x: tf.Tensor2D) => tf.Tensor2D;
  /** dy · f′(x), written in y = f(x). */
  readonly gradient: (dy: tf.Tensor2D, y: tf.Tensor2D) => tf.Tensor2D;
}
