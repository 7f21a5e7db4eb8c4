import * as tf from '@tensorflow/tfjs';
import type { NkCoefficients } from './coefficients.ts';
import type { NkControls } from './controls.ts';
import type { NkKit } from './kit.ts';

/** Controls today and expected tomorrow, at states ζ: everything (B). */
export interface NkEquilibrium {
  readonly zeta: tf.Tensor;
  readonly controls: NkControls;
  readonly expected: NkControls;
  readonly coefficients: NkCoefficients;
}

/** By how much each equation is missed, (B). */
export interface NkResiduals {
  readonly is: tf.Tensor;
  readonly phillips: tf.Tensor;
}

/**
 * Residuals of the equilibrium conditions:
 *
 *     IS:       X − E[X′] + (φ_π Π + φ_y X − E[Π′] − ζ)/σ
 *     Phillips: Π − κX − βE[Π′]
 *
 * @throws SubjectError `shape-mismatch`
 */
export function residuals(
  kit: NkKit,
  { zeta, controls, expected, coefficients }: NkEquilibrium,
): NkResiduals {
  const { output: x, inflation: pi } = controls;
  const { output: nextX, inflation: nextPi } = expected;
  const { beta, sigma, phiPi, phiY, kappa } = coefficients;
  kit.requireSameShape('equilibrium conditions', {
    zeta,
    output: x,
    inflation: pi,
    'expected output': nextX,
    'expected inflation': nextPi,
    sigma,
  });
  const nominalRate = tf.add(tf.mul(phiPi, pi), tf.mul(phiY, x));
  const realRateGap = tf.sub(tf.sub(nominalRate, nextPi), zeta);
  return {
    is: tf.add(tf.sub(x, nextX), tf.div(realRateGap, sigma)),
    phillips: tf.sub(tf.sub(pi, tf.mul(kappa, x)), tf.mul(beta, nextPi)),
  };
}
