import { nkStep } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { batchOf, element, naturalRate, symbolsOf } from './cases.ts';
import { shockScale } from './oracle/equations.ts';

/** One step is ρζ + sε: its even part in ε is ρζ, the size of its odd part is |sε|. */
export const transition = law({
  id: 'nk/transition',
  statement: 'A step moves the natural rate to ρζ plus an innovation scaled by |s|, with either sign of s.',
  formula: '(ζ′(ε) + ζ′(−ε))/2 = ρζ,  |ζ′(ε) − ζ′(−ε)|/2 = |s ε|',
  guards: 'shocks of the wrong size: the network is trained on states that the economy never visits',
  suspects: 'the transition (src/models/nk/transition.ts here) and s in the coefficients',
  oracle: 'derivation',
  bound: 'forward error of ρζ + sε on both sides; the even and odd part are taken in double precision',
  needs: [nkStep],
  coverage: [
    {
      label: 'a large innovation (|ε| > 2)',
      minimumShare: 0.3,
      shows: ({ innovation }) => innovation.data.some((value) => Math.abs(value) > 2),
    },
  ],
  cases: batchOf({ zeta: naturalRate, innovation: between(-4, 4) }),
  async judge({ parameters, zeta, innovation }, { call, arithmetic, floats }) {
    const mirrored = { ...innovation, data: innovation.data.map((value) => -value) };
    const up = (await call(nkStep, { parameters, zeta, innovation })).zeta;
    const down = (await call(nkStep, { parameters, zeta, innovation: mirrored })).zeta;
    const oracle = Array.from(zeta.data, (_, index) => {
      const symbols = symbolsOf(arithmetic, parameters, index);
      const drift = arithmetic.mul(
        symbols['rho'] ?? arithmetic.exact(Number.NaN),
        element(arithmetic, zeta, index),
      );
      const shock = arithmetic.mul(
        shockScale.evaluate(arithmetic, symbols),
        element(arithmetic, innovation, index),
      );
      const { bound } = arithmetic.sum([drift, shock]);
      return { drift: { value: drift.value, bound }, shock: { value: Math.abs(shock.value), bound } };
    });
    return [
      hasType('the next state', up, floats, zeta.shape),
      agreesWithOracle(
        'drift of ζ',
        combine(up, down, (a, b) => (a + b) / 2),
        oracle.map(({ drift }) => drift),
      ),
      agreesWithOracle(
        'size of the shock',
        combine(up, down, (a, b) => Math.abs(a - b) / 2),
        oracle.map(({ shock }) => shock),
      ),
    ];
  },
});

function combine(left: TensorValue, right: TensorValue, join: (a: number, b: number) => number): TensorValue {
  const data = Float64Array.from(left.data, (value, index) => join(value, right.data[index] ?? Number.NaN));
  return { dtype: 'float64', shape: left.shape, data };
}
