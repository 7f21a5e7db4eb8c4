import * as tf from '@tensorflow/tfjs';
import type { PpoOutputs } from './network.ts';
import { HALF_LOG_2_PI } from './policy-sample.ts';

type PolicyOutputs = Pick<PpoOutputs, 'policy' | 'logDeviation'>;

/** log π of raw actions (m, A), (m): those of the sample, so that equal parameters give equal numbers. */
export function logProbability({ policy, logDeviation }: PolicyOutputs, raw: tf.Tensor2D): tf.Tensor1D {
  if (logDeviation === undefined) return tf.sum(tf.mul(logSoftmax(policy), raw), 1);
  const standardised = tf.mul(tf.sub(raw, policy), tf.exp(tf.neg(logDeviation)));
  const density = tf.add(tf.mul(tf.square(standardised), 0.5), tf.add(logDeviation, HALF_LOG_2_PI));
  return tf.neg(tf.sum(density, 1));
}

/**
 * Entropy of the policy, a mean over the rows: −Σ π log π, or Σ log σ + ½ log 2πe, which is that of the raw samples: the
 * entropy of a squashed action has no closed form.
 */
export function entropy({ policy, logDeviation }: PolicyOutputs): tf.Scalar {
  if (logDeviation !== undefined) return tf.sum(tf.add(logDeviation, HALF_LOG_2_PI + 0.5));
  const logs = logSoftmax(policy);
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.exp(logs), logs), 1)));
}

/**
 * Kullback and Leibler's divergence of the new policy from the old, D(old ‖ new), exact, a mean over the rows:
 * Σ π (log π − log π′), or Σ log σ′ − log σ + (σ² + (μ − μ′)²)/2σ′² − ½.
 */
export function divergence(old: PolicyOutputs, now: PolicyOutputs): tf.Scalar {
  if (old.logDeviation === undefined || now.logDeviation === undefined) {
    const logs = logSoftmax(old.policy);
    return tf.mean(tf.sum(tf.mul(tf.exp(logs), tf.sub(logs, logSoftmax(now.policy))), 1));
  }
  const wider = tf.sub(now.logDeviation, old.logDeviation);
  const gap = tf.mul(tf.sub(old.policy, now.policy), tf.exp(tf.neg(now.logDeviation)));
  const ratio = tf.add(tf.exp(tf.mul(wider, -2)), tf.square(gap));
  return tf.mean(tf.sum(tf.add(wider, tf.sub(tf.mul(ratio, 0.5), 0.5)), 1));
}

/** log softmax over the columns; shifting by the largest logit keeps exponentials finite, and carries no gradient. */
function logSoftmax(logits: tf.Tensor2D): tf.Tensor2D {
  return tf.logSoftmax(logits, 1);
}
