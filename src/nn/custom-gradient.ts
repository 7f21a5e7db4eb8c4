import * as tf from '@tensorflow/tfjs';

/** A tensor function with a gradient written by hand. */
export interface HandWritten<Inputs extends readonly tf.Tensor[], Output extends tf.Tensor> {
  /** The value; what the gradient needs of it goes through `save`. */
  readonly value: (save: (tensors: tf.Tensor[]) => void) => Output;
  /** One gradient an input, in their order and shapes. */
  readonly gradient: (dy: Output, saved: tf.Tensor[]) => { [K in keyof Inputs]: tf.Tensor };
}

/** Evaluates a function at inputs, recording its hand-written gradient if a tape is open: `tf.customGrad` with types. */
export function withGradient<const Inputs extends readonly tf.Tensor[], Output extends tf.Tensor>(
  inputs: Inputs,
  { value, gradient }: HandWritten<Inputs, Output>,
): Output {
  const differentiable = tf.customGrad<Output>((...args) => {
    // tfjs passes the inputs, then the function that saves tensors; its type cannot say so.
    const save = args[inputs.length] as (tensors: tf.Tensor[]) => void;
    return { value: value(save), gradFunc: (dy, saved) => [...gradient(dy, saved)] };
  });
  return differentiable(...inputs);
}
