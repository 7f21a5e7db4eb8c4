import * as tf from '@tensorflow/tfjs';
import { perceptronJacobian, perceptronPass } from '../../nn/perceptron-jacobian.ts';
import { onTape } from '../../nn/tape.ts';
import type { NkLossSettings } from './configuration.ts';
import type { NkKit } from './kit.ts';
import type { NkLossPoints, NkLossRecipe } from './loss.ts';
import { residualsAt } from './loss.ts';
import { activationOf, policyFrame } from './policy.ts';
import type { NkResiduals } from './residuals.ts';

/** Residuals as a vector whose squares add up to the loss, and their derivatives. */
export interface NkLinearisation {
  /** (1, 2B): IS, then Phillips, each times the root of its weight in the loss. */
  readonly residuals: tf.Tensor2D;
  /** (2B, P). */
  readonly jacobian: tf.Tensor2D;
}

/** The residual vector (1, 2B) of a policy network with these weights. */
export function residualVector(
  kit: NkKit,
  weights: readonly tf.Tensor[],
  points: NkLossPoints,
  { network, loss }: NkLossRecipe,
): tf.Tensor2D {
  const policy = kit.policy(kit, weights, network);
  const controls = policy(points.rows.zeta, points.rows.parameters);
  return joined(residualsAt(kit, controls, points, network), loss);
}

/**
 * The residual vector of a policy network and its Jacobian in the weights. Residuals of one sample depend on the
 * network's outputs at that sample's rows alone, so the gradient of their sum over samples in all outputs, one pass of
 * the tape an equation, holds the derivatives of each; the network's Jacobian carries them on to the weights.
 */
export function linearise(
  kit: NkKit,
  weights: readonly tf.Tensor[],
  points: NkLossPoints,
  { network, loss }: NkLossRecipe,
): NkLinearisation {
  const { rows, zeta } = points;
  const frame = policyFrame(kit, rows.zeta, rows.parameters, network);
  const pass = perceptronPass(weights, frame.inputs, activationOf(kit, network));
  const residualsOf = (raw: tf.Tensor): NkResiduals =>
    residualsAt(kit, frame.controls(raw as tf.Tensor2D), points, network);
  const factors = factorsOf(loss, zeta.size);
  const jacobianOf = (equation: keyof NkResiduals): tf.Tensor2D => {
    const sum = (raw: tf.Tensor): tf.Tensor => tf.mul(tf.sum(residualsOf(raw)[equation]), factors[equation]);
    const seed = onTape(() => tf.grad(sum)(pass.output)) as tf.Tensor2D;
    return perceptronJacobian(pass, seed, zeta.size);
  };
  return {
    residuals: joined(residualsOf(pass.output), loss),
    jacobian: tf.concat2d([jacobianOf('is'), jacobianOf('phillips')], 0),
  };
}

function joined({ is, phillips }: NkResiduals, settings: NkLossSettings): tf.Tensor2D {
  const factors = factorsOf(settings, is.size);
  const both = tf.concat([tf.mul(is, factors.is), tf.mul(phillips, factors.phillips)]);
  return tf.reshape(both, [1, 2 * is.size]);
}

/** Roots of the weight that a squared residual has in the loss. */
function factorsOf(
  { reduction, weights }: NkLossSettings,
  batch: number,
): Readonly<Record<keyof NkResiduals, number>> {
  const count = reduction === 'sum' ? 1 : batch;
  return { is: Math.sqrt(weights.is / count), phillips: Math.sqrt(weights.phillips / count) };
}
