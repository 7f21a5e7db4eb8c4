import * as tf from '@tensorflow/tfjs';

/** Decay rates and constants of AdamW. */
export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  /** Added to the root of the second moment. */
  readonly epsilon: number;
  /** Decoupled: weights shrink by learningRate · weightDecay, outside the moments. */
  readonly weightDecay: number;
}

/** What AdamW remembers: exponential averages of gradient and squared gradient (P), and the number of updates so far. */
export interface AdamMoments {
  readonly firstMoment: tf.Tensor1D;
  readonly secondMoment: tf.Tensor1D;
  readonly step: number;
}

/** One update, before it is made; weights and gradient are flat (P). */
export interface AdamUpdate {
  readonly weights: tf.Tensor1D;
  readonly gradient: tf.Tensor1D;
  readonly moments: AdamMoments;
  readonly learningRate: number;
}

/** What an update makes: new tensors, owned by the caller. */
export interface AdamResult {
  readonly weights: tf.Tensor1D;
  readonly moments: AdamMoments;
}

/** Moments before the first update: zeros (P). Their owner disposes of them. */
export function freshMoments(size: number): AdamMoments {
  return { firstMoment: tf.zeros([size]), secondMoment: tf.zeros([size]), step: 0 };
}

/**
 * AdamW (Loshchilov and Hutter 2019, algorithm 2; the arrangement is PyTorch's). Pure: returns new tensors, owned by
 * the caller, and leaves the old ones alive.
 *
 *     m ← β₁m + (1−β₁)g,   v ← β₂v + (1−β₂)g²
 *     θ ← (1 − ηλ)θ − η/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε)
 */
export function adamW(
  { weights, gradient, moments, learningRate }: AdamUpdate,
  { beta1, beta2, epsilon, weightDecay }: AdamSettings,
): AdamResult {
  const step = moments.step + 1;
  const stepSize = learningRate / (1 - beta1 ** step);
  return tf.tidy(() => {
    const firstMoment = average(moments.firstMoment, gradient, beta1);
    const secondMoment = average(moments.secondMoment, tf.square(gradient), beta2);
    const denominator = tf.add(tf.mul(tf.sqrt(secondMoment), 1 / Math.sqrt(1 - beta2 ** step)), epsilon);
    const shrunk = tf.mul(weights, 1 - learningRate * weightDecay);
    const updated = tf.sub<tf.Tensor1D>(shrunk, tf.mul(tf.div(firstMoment, denominator), stepSize));
    return { weights: updated, moments: { firstMoment, secondMoment, step } };
  });
}

function average(past: tf.Tensor1D, now: tf.Tensor1D, decay: number): tf.Tensor1D {
  return tf.add(tf.mul(past, decay), tf.mul(now, 1 - decay));
}
