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
  /** Complementarity and Euler residuals weigh by an agent's wealth over the mean of its world. */
  readonly byWealth: boolean;
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
 * λ_φ mean(ω φ²) + λ_e mean(ω e_A e_B) + λ_n mean(labour²), ω the wealth weights or 1. Wealth (B, A) is that of the state
 * and carries no gradient.
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
  const omega = byWealth ? kit.constant(kit.wealthWeights(wealth)) : undefined;
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
