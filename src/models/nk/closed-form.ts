import * as tf from '@tensorflow/tfjs';
import type { NkCoefficients } from './coefficients.ts';
import { nkCoefficients } from './coefficients.ts';
import type { NkControls } from './controls.ts';
import type { NkParameters } from './parameters.ts';

/*
 * The model is linear, so its solution is X = a ζ, Π = b ζ; with E[ζ′] = ρζ both equations give
 *
 *     a = (1−βρ)/D,   b = κ/D,   D = (σ(1−ρ)+φ_y)(1−βρ) + κ(φ_π−ρ)
 */

/** The exact policy at states ζ (B), on tensors. */
export function closedForm(zeta: tf.Tensor, coefficients: NkCoefficients): NkControls {
  const { beta, sigma, phiPi, phiY, rho, kappa } = coefficients;
  const patience = tf.sub(1, tf.mul(beta, rho));
  const demand = tf.mul(tf.add(tf.mul(sigma, tf.sub(1, rho)), phiY), patience);
  const determinant = tf.add(demand, tf.mul(kappa, tf.sub(phiPi, rho)));
  return {
    output: tf.mul(tf.div(patience, determinant), zeta),
    inflation: tf.mul(tf.div(kappa, determinant), zeta),
  };
}

/**
 * The exact policy in double precision.
 *
 * @example nkClosedForm(NK_BASELINE, 0.01) // { output: 0.00299188, inflation: 0.00850406 }
 */
export function nkClosedForm(
  parameters: NkParameters,
  zeta: number,
): { readonly output: number; readonly inflation: number } {
  const { beta, sigma, phiPi, phiY, rho } = parameters;
  const { kappa } = nkCoefficients(parameters);
  const patience = 1 - beta * rho;
  const determinant = (sigma * (1 - rho) + phiY) * patience + kappa * (phiPi - rho);
  return { output: (patience / determinant) * zeta, inflation: (kappa / determinant) * zeta };
}
