import * as tf from '@tensorflow/tfjs';
import type { NkLossSettings, NkNetworkSettings } from './configuration.ts';
import type { NkKit } from './kit.ts';
import type { NkResiduals } from './residuals.ts';

/** The loss that is differentiated, and its unweighted parts, which runs with different weights can be compared by. */
export interface NkLoss {
  readonly total: tf.Scalar;
  readonly is: tf.Scalar;
  readonly phillips: tf.Scalar;
}

/** What the loss is taken at: states (B), parameters (B, 8), nodes and probabilities (n). */
export interface NkLossInput {
  readonly zeta: tf.Tensor;
  readonly parameters: tf.Tensor2D;
  readonly nodes: tf.Tensor1D;
  readonly probabilities: tf.Tensor1D;
  readonly network: NkNetworkSettings;
  readonly settings: NkLossSettings;
}

/** λ_IS Σ IS² + λ_PC Σ PC²; for the reduction `mean`, divided by the number of residuals. */
export function combine({ is, phillips }: NkResiduals, { reduction, weights }: NkLossSettings): NkLoss {
  const reduce = (residual: tf.Tensor): tf.Scalar =>
    reduction === 'sum' ? tf.sum(tf.square(residual)) : tf.mean(tf.square(residual));
  const parts = { is: reduce(is), phillips: reduce(phillips) };
  return { ...parts, total: tf.add(tf.mul(parts.is, weights.is), tf.mul(parts.phillips, weights.phillips)) };
}

/**
 * The loss of a policy network with these weights. States, parameters and shocks are constants: only weights carry a
 * gradient.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function loss(kit: NkKit, weights: readonly tf.Tensor[], input: NkLossInput): NkLoss {
  const zeta = kit.constant(input.zeta);
  const parameters = kit.constant(input.parameters);
  const nodes = kit.constant(input.nodes);
  const coefficients = kit.coefficients(parameters);
  const policy = kit.policy(kit, weights, input.network);
  const { controls, expected } = kit.lookAhead(kit, policy, {
    zeta,
    parameters,
    coefficients,
    nodes,
    probabilities: input.probabilities,
  });
  return kit.combine(kit.residuals(kit, { zeta, controls, expected, coefficients }), input.settings);
}
