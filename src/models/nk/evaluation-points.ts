import { nkCoefficients } from './coefficients.ts';
import type { NkSamplingSettings } from './configuration.ts';
import { NK_PARAMETER_COUNT, parametersAt } from './parameters.ts';

/** Ergodic deviations that training reaches, times `widen`: beyond lies 0.27 % of a normal distribution. */
const DOMAIN_DEVIATIONS = 3;

/** Where accuracy is asked for, and how far training was widened. */
export interface NkEvaluationRequest {
  /** Signed, in ergodic deviations. */
  readonly deviations: readonly number[];
  /** Absolute states ζ, the same for all parameters; none by default. */
  readonly states?: readonly number[];
  /** The multiplier of the ergodic distribution in training. */
  readonly widen: number;
  /** Where training drew its states uniformly, their largest |ζ|. */
  readonly uniform?: Pick<NkSamplingSettings, 'bound' | 'unit'> | undefined;
}

/** States of one distance, or one state, for each parameter vector. */
export interface NkEvaluationPoint {
  /** (B). */
  readonly zeta: Float32Array;
  /** Distance of each from the steady state, in ergodic deviations of its own parameters: (B). */
  readonly deviations: Float32Array;
  /** Whether the network has been trained at all of them; an error outside says nothing of the training. */
  readonly withinDomain: boolean;
}

/**
 * States ζ = d · sd(ζ) of parameters (B, 8), for each distance d, then the absolute states; inside the domain when
 * |ζ| ≤ 3·widen·sd(ζ), or within the bound of uniform states, for an absolute state at all parameter vectors.
 */
export function evaluationPoints(
  { deviations, states = [], widen, uniform }: NkEvaluationRequest,
  parameters: Float32Array,
): readonly NkEvaluationPoint[] {
  const batch = parameters.length / NK_PARAMETER_COUNT;
  const ergodic = Array.from(
    { length: batch },
    (_, index) => nkCoefficients(parametersAt(parameters, index)).ergodicDeviation,
  );
  const reach = ergodic.map((deviation) =>
    uniform === undefined
      ? DOMAIN_DEVIATIONS * widen
      : uniform.bound / (uniform.unit === 'ergodic' ? 1 : deviation),
  );
  const isInside = (distance: number, index: number): boolean => Math.abs(distance) <= (reach[index] ?? 0);
  const relative = deviations.map((distance) => ({
    zeta: Float32Array.from(ergodic, (deviation) => distance * deviation),
    deviations: new Float32Array(batch).fill(distance),
    withinDomain: reach.every((_, index) => isInside(distance, index)),
  }));
  const absolute = states.map((state) => {
    const distances = ergodic.map((deviation) => state / deviation);
    return {
      zeta: new Float32Array(batch).fill(state),
      deviations: Float32Array.from(distances),
      withinDomain: distances.every(isInside),
    };
  });
  return [...relative, ...absolute];
}
