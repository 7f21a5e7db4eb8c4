import * as tf from '@tensorflow/tfjs';
import { withGradient } from '../../nn/custom-gradient.ts';
import type { NkLossSettings, NkNetworkSettings } from './configuration.ts';
import type { NkCoefficients } from './coefficients.ts';
import type { NkControls } from './controls.ts';
import type { NkLookAheadInput, NkLookAheadRows } from './expectation.ts';
import { expectedControls } from './expectation.ts';
import type { NkKit } from './kit.ts';
import type { NkResiduals } from './residuals.ts';

/** The loss that is differentiated, and its unweighted parts, which runs with different weights can be compared by. */
export interface NkLoss {
  readonly total: tf.Scalar;
  readonly is: tf.Scalar;
  readonly phillips: tf.Scalar;
}

/** What the loss is taken at: states (B), parameters (B, 8) and what follows from them, nodes and probabilities (n). */
export type NkLossInput = NkLookAheadInput;

/** Everything in a loss that does not depend on the weights. */
export interface NkLossPoints {
  readonly zeta: tf.Tensor;
  readonly coefficients: NkCoefficients;
  readonly rows: NkLookAheadRows;
  readonly probabilities: tf.Tensor1D;
}

/** How a loss is made of a network's weights and points. */
export interface NkLossRecipe {
  readonly network: NkNetworkSettings;
  readonly loss: NkLossSettings;
}

/** λ_IS Σ IS² + λ_PC Σ PC²; for the reduction `mean`, divided by the number of residuals. */
export function combine({ is, phillips }: NkResiduals, { reduction, weights }: NkLossSettings): NkLoss {
  const reduce = (residual: tf.Tensor): tf.Scalar =>
    reduction === 'sum' ? sumOfSquares(residual) : tf.div(sumOfSquares(residual), residual.size);
  const parts = { is: reduce(is), phillips: reduce(phillips) };
  return { ...parts, total: tf.add(tf.mul(parts.is, weights.is), tf.mul(parts.phillips, weights.phillips)) };
}

/**
 * Where a loss is taken. States, parameters and shocks are constants there, so that only weights carry a gradient; made
 * before a tape opens, the points cost it nothing.
 */
export function lossPoints(kit: NkKit, { probabilities, ...at }: NkLossInput): NkLossPoints {
  const rows = kit.lookAheadRows(kit, at);
  return {
    zeta: kit.constant(at.zeta),
    coefficients: constants(kit, at.coefficients),
    rows: { zeta: kit.constant(rows.zeta), parameters: kit.constant(rows.parameters) },
    probabilities,
  };
}

function constants(kit: NkKit, coefficients: NkCoefficients): NkCoefficients {
  const entries = Object.entries({ ...coefficients }).map(([name, x]) => [name, kit.constant(x)]);
  return Object.fromEntries(entries) as NkCoefficients;
}

/**
 * The loss of a policy network with these weights.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function loss(
  kit: NkKit,
  weights: readonly tf.Tensor[],
  points: NkLossPoints,
  { network, loss: settings }: NkLossRecipe,
): NkLoss {
  const policy = kit.policy(kit, weights, network);
  const controls = policy(points.rows.zeta, points.rows.parameters);
  return kit.combine(residualsAt(kit, controls, points, network), settings);
}

/** Residuals (B) of controls at all rows (R), in the unit of the network's controls. */
export function residualsAt(
  kit: NkKit,
  everywhere: NkControls,
  { zeta, coefficients, probabilities }: NkLossPoints,
  { unit }: Pick<NkNetworkSettings, 'unit'>,
): NkResiduals {
  const { controls, expected } = expectedControls(everywhere, probabilities);
  const { is, phillips } = kit.residuals(kit, { zeta, controls, expected, coefficients });
  if (unit === 'absolute') return { is, phillips };
  const { ergodicDeviation } = coefficients;
  return { is: tf.div(is, ergodicDeviation), phillips: tf.div(phillips, ergodicDeviation) };
}

/** Σx², with a gradient in two kernels. */
function sumOfSquares(x: tf.Tensor): tf.Scalar {
  return withGradient([x], {
    value: (save) => {
      save([x]);
      return tf.sum<tf.Scalar>(tf.square(x));
    },
    gradient: (dy: tf.Scalar, [saved = x]) => [tf.mul(saved, tf.mul(dy, 2))],
  });
}
