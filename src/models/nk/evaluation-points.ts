import { nkCoefficients } from './coefficients.ts';
import { NK_PARAMETER_COUNT, parametersAt } from './parameters.ts';

/** Ergodic deviations that training reaches, times `widen`: beyond lies 0.27 % of a normal distribution. */
const DOMAIN_DEVIATIONS = 3;

/** Distances at which accuracy is asked for, and how far training was widened. */
export interface NkEvaluationRequest {
  /** Signed, in ergodic deviations. */
  readonly deviations: readonly number[];
  /** The multiplier of the ergodic distribution in training. */
  readonly widen: number;
}

/** States of one distance, one a parameter vector. */
export interface NkEvaluationPoint {
  /** (B). */
  readonly zeta: Float32Array;
  /** Distance of each from the steady state, in ergodic deviations of its own parameters: (B). */
  readonly deviations: Float32Array;
  /** Whether the network has been trained at such states; an error outside says nothing of the training. */
  readonly withinDomain: boolean;
}

/** States ζ = d · sd(ζ) of parameters (B, 8), for each distance d; inside the domain when |d| ≤ 3·widen. */
export function evaluationPoints(
  { deviations, widen }: NkEvaluationRequest,
  parameters: Float32Array,
): readonly NkEvaluationPoint[] {
  const batch = parameters.length / NK_PARAMETER_COUNT;
  const ergodic = Array.from(
    { length: batch },
    (_, index) => nkCoefficients(parametersAt(parameters, index)).ergodicDeviation,
  );
  return deviations.map((distance) => ({
    zeta: Float32Array.from(ergodic, (deviation) => distance * deviation),
    deviations: new Float32Array(batch).fill(distance),
    withinDomain: Math.abs(distance) <= DOMAIN_DEVIATIONS * widen,
  }));
}
