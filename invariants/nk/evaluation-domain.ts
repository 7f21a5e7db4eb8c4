import fc from 'fast-check';
import { nkEvaluationPoints } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agreesWithOracle, same } from '../../src/verification/measurement.ts';
import { batchOf, symbolsOf } from './cases.ts';
import { ergodicDeviation } from './oracle/equations.ts';

/** The training domain reaches this many ergodic deviations (P(beyond) = 0.27 % under the ergodic distribution), times `widen`. */
const DOMAIN_DEVIATIONS = 3;

/** Accuracy is judged where the network was trained, or the verdict says that it was not. */
export const evaluationDomain = law({
  id: 'nk/evaluation-domain',
  statement:
    'Evaluation points lie at the asked number of ergodic deviations of each parameter vector, carry that distance, and say whether it is inside the training domain.',
  formula: 'ζ = d·sd(ζ),  inside ⇔ |d| ≤ 3·widen',
  guards:
    'one fixed shock for all parameters: 137 % error far outside the training domain is read as a bad network, or a good one is praised at the steady state',
  suspects: 'the evaluation points (src/models/nk/evaluation-points.ts here)',
  oracle: 'derivation',
  bound: 'forward error of d·|s|/√(1−ρ²), two more roundings for the distance',
  needs: [nkEvaluationPoints],
  coverage: [
    {
      label: 'a point outside the domain',
      minimumShare: 0.3,
      shows: ({ deviations, widen }) => deviations.some((d) => Math.abs(d) > DOMAIN_DEVIATIONS * widen),
    },
  ],
  cases: fc.record({
    batch: batchOf({}),
    // Halves are exact in every format, and none is within rounding of the border of the domain.
    deviations: fc.array(fc.constantFrom(-8.5, -4.5, -2, -1, 0.5, 1, 2, 4, 6.5), {
      minLength: 1,
      maxLength: 4,
    }),
    widen: fc.constantFrom(1, 1.5, 2),
  }),
  async judge({ batch: { parameters }, deviations, widen }, { call, arithmetic }) {
    const { points } = await call(nkEvaluationPoints, { parameters, deviations: [...deviations], widen });
    const batch = parameters.shape[0] ?? 0;
    const measurements = points.flatMap((point, index): readonly Measurement[] => {
      const distance = deviations[index] ?? Number.NaN;
      const zeta = Array.from({ length: batch }, (_, sample) =>
        arithmetic.mul(
          arithmetic.exact(distance),
          ergodicDeviation.evaluate(arithmetic, symbolsOf(arithmetic, parameters, sample)),
        ),
      );
      const carried = zeta.map(({ value, bound }) => ({
        value: distance,
        bound: 2 * Math.abs((distance * bound) / value),
      }));
      const inside = Math.abs(distance) <= DOMAIN_DEVIATIONS * widen;
      return [
        agreesWithOracle(`ζ at ${distance} deviations`, point.zeta, zeta),
        agreesWithOracle(`distance carried at ${distance} deviations`, point.deviations, carried),
        same(
          `inside the training domain at ${distance} deviations`,
          String(point.withinDomain),
          String(inside),
        ),
      ];
    });
    return [
      same('number of evaluation points', String(points.length), String(deviations.length)),
      ...measurements,
    ];
  },
});
