import * as tf from '@tensorflow/tfjs';

/** What a policy is judged by: (m) each. */
export interface PolicyLossInput {
  /** log ρ = log π′(a) − log π(a). */
  readonly logRatio: tf.Tensor1D;
  readonly advantages: tf.Tensor1D;
}

/** The clipped surrogate objective, negated (Schulman and others 2017, eq. 7): −mean min(ρA, clip(ρ, 1 − ε, 1 + ε) A). */
export function policyLoss({ logRatio, advantages }: PolicyLossInput, clip: number): tf.Scalar {
  const ratio = tf.exp(logRatio);
  const free = tf.mul(ratio, advantages);
  const held = tf.mul(tf.clipByValue(ratio, 1 - clip, 1 + clip), advantages);
  return tf.neg(tf.mean(tf.minimum(free, held)));
}

/** How far a policy has gone from the old one, as far as the samples tell: scalars, none of them differentiated. */
export interface RatioStatistics {
  /** Largest |ρ − 1|. */
  readonly deviation: tf.Scalar;
  /** mean (−log ρ), by the name k1 (Schulman 2020): unbiased, of either sign. */
  readonly k1: tf.Scalar;
  /** mean (ρ − 1 − log ρ), k3: unbiased and never negative. */
  readonly k3: tf.Scalar;
  /** Share of samples with |ρ − 1| > ε. */
  readonly clipped: tf.Scalar;
}

export function ratioStatistics(logRatio: tf.Tensor1D, clip: number): RatioStatistics {
  const excess = tf.expm1(logRatio);
  const distance = tf.abs(excess);
  return {
    deviation: tf.max(distance),
    k1: tf.mean(tf.neg(logRatio)),
    k3: tf.mean(tf.sub(excess, logRatio)),
    clipped: tf.mean(tf.cast(tf.greater(distance, clip), 'float32')),
  };
}
