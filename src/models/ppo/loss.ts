import * as tf from '@tensorflow/tfjs';
import type { PpoConfiguration } from './configuration.ts';
import type { PpoKit } from './kit.ts';
import type { PpoOutputs } from './network.ts';
import type { RatioStatistics } from './policy-loss.ts';
import type { ValueLoss } from './value-loss.ts';
import { requireEqualShapes } from './value-loss.ts';

/** Samples of a gradient step, as tensors; m rows each. */
export type PpoMinibatch = {
  /** (m, O). */
  readonly observations: tf.Tensor2D;
  /** (m, A). */
  readonly actions: tf.Tensor2D;
  /** (m). */
  readonly logProbabilities: tf.Tensor1D;
  /** (m, A), and (A) of a Gaussian policy: of the policy that drew the actions. */
  readonly policies: tf.Tensor2D;
  readonly oldLogDeviation?: tf.Tensor1D;
  /** (m). */
  readonly advantages: tf.Tensor1D;
  /** (m, C). */
  readonly values: tf.Tensor2D;
  readonly targets: tf.Tensor2D;
  readonly ranges: tf.Tensor2D;
};

/** The loss of a minibatch and its parts: scalars, and (C) of the heads. */
export interface PpoLoss {
  readonly ratio: RatioStatistics;
  /** −mean min(ρA, clip(ρ) A). */
  readonly policy: tf.Scalar;
  /** H. */
  readonly entropy: tf.Scalar;
  readonly value: ValueLoss;
  /** (C): mean of ½R², the loss of a critic that says 0; in the units of the loss. */
  readonly targetSquare: tf.Tensor1D;
  /** D(old ‖ new), exact. */
  readonly divergence: tf.Scalar;
  /** policy − βH, and c_v Σ w L: the loss is their sum. */
  readonly ofPolicy: tf.Scalar;
  readonly ofValue: tf.Scalar;
}

/**
 * The loss of PPO with a value head for each component of the reward:
 *
 *     L = −mean min(ρA, clip(ρ) A) − β H + c_v Σ_c w_c L_c
 *
 * @param rewardWeights w, (C)
 * @throws SubjectError `shape-mismatch`
 */
export function ppoLoss(
  kit: PpoKit,
  outputs: PpoOutputs,
  batch: PpoMinibatch,
  { policy: settings, value }: Pick<PpoConfiguration, 'policy' | 'value'>,
  rewardWeights: readonly number[],
): PpoLoss {
  const { actions, policies, oldLogDeviation, advantages, logProbabilities } = batch;
  const now = kit.logProbability(outputs, actions);
  requireEqualShapes({ now, logProbabilities, advantages });
  const logRatio = tf.sub<tf.Tensor1D>(now, logProbabilities);
  const policy = kit.policyLoss({ logRatio, advantages }, settings.clip);
  const entropy = kit.entropy(outputs);
  const lossOfValue = kit.valueLoss(
    { predictions: outputs.values, old: batch.values, targets: batch.targets, ranges: batch.ranges },
    value,
  );
  const old = { policy: policies, logDeviation: oldLogDeviation };
  return {
    policy,
    entropy,
    value: lossOfValue,
    targetSquare: tf.mul(tf.mean(tf.square(batch.targets), 0), 0.5),
    divergence: kit.divergence(old, outputs),
    ratio: kit.ratioStatistics(logRatio, settings.clip),
    ofPolicy: kit.withEntropy(policy, entropy, settings.entropy),
    ofValue: kit.weighValueLoss(lossOfValue.perHead, rewardWeights, value.weight),
  };
}

/** L_policy − β H: entropy is a bonus. */
export function withEntropy(policy: tf.Scalar, entropy: tf.Scalar, weight: number): tf.Scalar {
  return tf.sub(policy, tf.mul(entropy, weight));
}

/** c_v Σ w L. */
export function weighValueLoss(
  perHead: tf.Tensor1D,
  rewardWeights: readonly number[],
  weight: number,
): tf.Scalar {
  return tf.mul(tf.sum(tf.mul(perHead, tf.tensor1d([...rewardWeights]))), weight);
}
