import * as tf from '@tensorflow/tfjs';
import type { NkControlValues, NkTrainedPolicy } from './host-values.ts';
import { parameterTensor, policyOf, readControls } from './host-values.ts';
import type { NkParameter } from './parameters.ts';
import { NK_BASELINE, NK_PARAMETERS, parameterRow } from './parameters.ts';

/** Both policies as one parameter varies over its prior, the others at the baseline. */
export interface NkPolicyCurve {
  readonly parameter: NkParameter;
  /** Values of the parameter, from the lower to the upper end of its prior: (n). */
  readonly values: readonly number[];
  /** The state at each: as many ergodic deviations of those parameters, so it is not the same state: (n). */
  readonly zeta: Float32Array;
  /** (n) each. */
  readonly network: NkControlValues;
  readonly closedForm: NkControlValues;
}

/** One curve a parameter, all at one distance from the steady state. */
export interface NkPolicyCurves {
  /** Signed, in ergodic deviations of ζ. */
  readonly deviations: number;
  readonly curves: readonly NkPolicyCurve[];
}

export interface NkPolicyCurveOptions {
  /** Values a parameter; default 61, a point every 4 px of a panel, and odd, so that the middle of the prior is one. */
  readonly points?: number;
  /** Default −1. */
  readonly deviations?: number;
}

/** The trained policy beside the closed form, parameter by parameter. Leaves no tensor behind. */
export async function policyCurves(
  policy: NkTrainedPolicy,
  { points = 61, deviations = -1 }: NkPolicyCurveOptions = {},
): Promise<NkPolicyCurves> {
  const { kit } = policy;
  const grids = NK_PARAMETERS.map(({ prior: [lower, upper] }) =>
    Array.from({ length: points }, (_, index) => lower + ((upper - lower) * index) / Math.max(1, points - 1)),
  );
  const parameters = Float32Array.from(
    NK_PARAMETERS.flatMap(({ name }, row) =>
      (grids[row] ?? []).flatMap((value) => parameterRow({ ...NK_BASELINE, [name]: value })),
    ),
  );
  // How far training was widened says only whether a point is inside its domain.
  const [point] = kit.evaluationPoints({ deviations: [deviations], widen: 1 }, parameters);
  const zeta = point?.zeta ?? new Float32Array();
  const network = await readControls(() => policyOf(policy)(tf.tensor1d(zeta), parameterTensor(parameters)));
  const exact = await readControls(() =>
    kit.closedForm(tf.tensor1d(zeta), kit.coefficients(parameterTensor(parameters))),
  );
  const curves = NK_PARAMETERS.map((parameter, row) => {
    const part = (values: Float32Array): Float32Array => values.slice(row * points, (row + 1) * points);
    const parts = ({ output, inflation }: NkControlValues): NkControlValues => ({
      output: part(output),
      inflation: part(inflation),
    });
    return {
      parameter,
      values: grids[row] ?? [],
      zeta: part(zeta),
      network: parts(network),
      closedForm: parts(exact),
    };
  });
  return { deviations, curves };
}
