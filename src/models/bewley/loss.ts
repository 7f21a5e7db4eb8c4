import * as tf from '@tensorflow/tfjs';
import { atLeast } from './domain.ts';
import type { BewleyKit } from './kit.ts';
import { FACTOR_FLOOR } from './prices.ts';

/** Residuals of all agents, (B, A) each. */
export interface BewleyResiduals {
  readonly complementarity: tf.Tensor;
  /** Euler residuals of the two branches. */
  readonly eulerA: tf.Tensor;
  readonly eulerB: tf.Tensor;
  readonly labor: tf.Tensor;
}

export interface BewleyLossSettings {
  readonly weights: { readonly complementarity: number; readonly euler: number; readonly labor: number };
  /** κ in [0, 1]: complementarity and Euler residuals weigh 1 − κ + κ a/ā, ā the mean wealth of the world. */
  readonly byWealth: number;
}

/** The loss that is differentiated; and its parts without weights of any kind, by which runs are compared. */
export interface BewleyLoss {
  readonly total: tf.Scalar;
  /** Mean of φ². */
  readonly complementarity: tf.Scalar;
  /** Mean of e_A e_B: may be negative, and is told as it is. */
  readonly euler: tf.Scalar;
  /** Mean of the squared labour residual. */
  readonly labor: tf.Scalar;
}

/** Weights (B, A) of mean 1 in each world: wealth over mean wealth. */
export function wealthWeights(wealth: tf.Tensor): tf.Tensor {
  return tf.div(wealth, atLeast(tf.mean(wealth, 1, true), FACTOR_FLOOR));
}

/**
 * λ_φ mean(ω φ²) + λ_e mean(ω e_A e_B) + λ_n mean(labour²), with ω = 1 − κ + κ a/ā. Wealth (B, A) is that of the state and
 * carries no gradient.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function loss(
  kit: BewleyKit,
  { complementarity, eulerA, eulerB, labor }: BewleyResiduals,
  wealth: tf.Tensor,
  { weights, byWealth }: BewleyLossSettings,
): BewleyLoss {
  kit.requireShapes('loss', { agents: { wealth, complementarity, eulerA, eulerB, labor } });
  const omega = byWealth === 0 ? undefined : kit.constant(mixed(kit.wealthWeights(wealth), byWealth));
  const mean = (x: tf.Tensor): tf.Scalar => tf.mean(x);
  const weighted = (x: tf.Tensor): tf.Scalar => mean(omega === undefined ? x : tf.mul(omega, x));
  const squares = tf.square(complementarity);
  const products = kit.allInOne(eulerA, eulerB);
  const laborPart = mean(tf.square(labor));
  const total = tf.addN([
    tf.mul(weighted(squares), weights.complementarity),
    tf.mul(weighted(products), weights.euler),
    tf.mul(laborPart, weights.labor),
  ]);
  return {
    total: tf.reshape(total, []),
    complementarity: mean(squares),
    euler: mean(products),
    labor: laborPart,
  };
}

function mixed(byWealth: tf.Tensor, share: number): tf.Tensor {
  return share === 1 ? byWealth : tf.add(tf.mul(byWealth, share), 1 - share);
}
