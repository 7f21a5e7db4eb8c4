import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import { nkCoefficients } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { batchOf, symbolsOf } from './cases.ts';
import { ergodicDeviation, kappa, omega, shockScale } from './oracle/equations.ts';

/** κ, ω, s and the ergodic deviation follow from the parameters as the equations say. */
export const coefficients = law({
  id: 'nk/coefficients',
  statement:
    'The slope of the Phillips curve, ω, the size of the shock loading and the ergodic deviation are those of the equations.',
  formula: 'κ = (1−φ)(1−φβ)(σ+η)/φ, ω = (1+η)/(σ+η), |s| = σ(1−ρ)ωσ_a, sd(ζ) = |s|/√(1−ρ²)',
  guards: 'a factor is dropped, and everything is trained on another economy',
  suspects: 'the function that turns parameters into coefficients (src/models/nk/coefficients.ts here)',
  oracle: 'derivation',
  bound: 'forward error of the equations as text, any order of summation, quotients rounded twice',
  needs: [nkCoefficients],
  coverage: [
    {
      label: 'persistent shock (ρ > 0.9)',
      minimumShare: 0.2,
      shows: ({ parameters }) => parameters.data.some((value, index) => index % 8 === 6 && value > 0.9),
    },
  ],
  cases: batchOf({}),
  async judge({ parameters }, { call, arithmetic, floats }) {
    const answer = await call(nkCoefficients, { parameters });
    const batch = parameters.shape[0] ?? 0;
    const oracle = (formula: typeof kappa) =>
      Array.from({ length: batch }, (_, index) =>
        formula.evaluate(arithmetic, symbolsOf(arithmetic, parameters, index)),
      );
    return [
      ...Object.entries(answer).map(([name, value]) => hasType(name, value, floats, [batch])),
      agreesWithOracle('κ', answer.kappa, oracle(kappa)),
      agreesWithOracle('ω', answer.omega, oracle(omega)),
      // The sign of s is a convention: ε is symmetric.
      agreesWithOracle(
        '|s|',
        sizeOf(answer.shockScale),
        oracle(shockScale).map(({ value, bound }) => ({ value: -value, bound })),
      ),
      agreesWithOracle('sd(ζ)', answer.ergodicDeviation, oracle(ergodicDeviation)),
    ];
  },
});

function sizeOf(value: TensorValue): TensorValue {
  return { ...value, data: value.data.map(Math.abs) };
}
