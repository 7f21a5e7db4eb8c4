import * as tf from '@tensorflow/tfjs';
import type { NkCoefficients } from './coefficients.ts';
import type { NkKit } from './kit.ts';

/**
 * One step of the natural rate: ζ′ = ρζ + sε′, everything (B).
 *
 * @throws SubjectError `shape-mismatch`
 */
export function transition(
  kit: NkKit,
  zeta: tf.Tensor,
  innovation: tf.Tensor,
  { rho, shockScale }: Pick<NkCoefficients, 'rho' | 'shockScale'>,
): tf.Tensor {
  kit.requireSameShape('transition', { zeta, innovation, rho });
  return tf.add(tf.mul(rho, zeta), tf.mul(shockScale, innovation));
}
