import fc from 'fast-check';
import { gaussHermite } from '../../src/numerics/gauss-hermite.ts';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { nkPolicyResiduals } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { batchOf, element, naturalRate, symbolsOf } from './cases.ts';
import {
  closedFormInflation,
  closedFormOutput,
  isResidual,
  phillipsResidual,
  shockScale,
} from './oracle/equations.ts';

/** P(|ε| > 7) < 3e-12: no Monte-Carlo draw of a case is larger. */
const LARGEST_DRAW = 7;

type Expectation =
  | { readonly rule: 'gauss-hermite'; readonly nodes: number }
  | { readonly rule: 'monte-carlo'; readonly draws: number };

const expectations: fc.Arbitrary<Expectation> = fc.oneof(
  fc.record({ rule: fc.constant('gauss-hermite' as const), nodes: fc.integer({ min: 2, max: 5 }) }),
  // The draws are antithetic and the closed form is linear in ζ′, so that an even count integrates it exactly.
  fc.record({
    rule: fc.constant('monte-carlo' as const),
    draws: fc.integer({ min: 1, max: 5 }).map((pairs) => 2 * pairs),
  }),
);

/** The closed form solves the model: both residuals vanish along the whole path of the training code. */
export const closedForm = law({
  id: 'nk/closed-form',
  statement:
    'At the closed-form policy both residuals vanish, with the expectation taken by the code that trains.',
  formula: 'X = (1−βρ)/D·ζ, Π = κ/D·ζ, D = (σ(1−ρ)+φ_y)(1−βρ) + κ(φ_π−ρ)  ⇒  IS = PC = 0',
  guards:
    'the trained economy is not the one on paper: a sign, a missing β, X and Π exchanged, a wrong expectation',
  suspects:
    'the equilibrium conditions, the order of the network outputs, the transition and the expectation (src/models/nk here)',
  oracle: 'derivation',
  bound:
    'forward error of policy, transition, expectation and residual, composed; Monte-Carlo draws bounded by 7',
  needs: [nkPolicyResiduals],
  coverage: [
    {
      label: 'Monte-Carlo expectation',
      minimumShare: 0.25,
      shows: ({ expectation }) => expectation.rule === 'monte-carlo',
    },
    {
      label: 'Gauss–Hermite expectation',
      minimumShare: 0.25,
      shows: ({ expectation }) => expectation.rule === 'gauss-hermite',
    },
  ],
  cases: fc.record({ batch: batchOf({ zeta: naturalRate }), expectation: expectations, seed: seeds }),
  async judge({ batch: { parameters, zeta }, expectation, seed }, { call, arithmetic }) {
    const answer = await call(nkPolicyResiduals, {
      parameters,
      zeta,
      innovations: float32([0, zeta.data.length], []),
      expectation,
      policy: 'closed-form',
      seed,
    });
    const oracle = Array.from(zeta.data, (_, index) => {
      const symbols = {
        ...symbolsOf(arithmetic, parameters, index),
        zeta: element(arithmetic, zeta, index),
      };
      return atClosedForm(arithmetic, symbols, expectation);
    });
    const zero = (residual: 'is' | 'phillips'): readonly Bounded[] =>
      oracle.map((sample) => ({
        value: 0,
        bound: sample[residual].bound + Math.abs(sample[residual].value),
      }));
    return [
      agreesWithOracle('IS residual', answer.is, zero('is')),
      agreesWithOracle('Phillips residual', answer.phillips, zero('phillips')),
    ];
  },
});

/** Both residuals at the closed form, carried through the computation that an engine does; values are 0 but for rounding of the oracle. */
function atClosedForm(
  arithmetic: RunningError,
  symbols: Record<string, Bounded> & { readonly zeta: Bounded },
  expectation: Expectation,
): { readonly is: Bounded; readonly phillips: Bounded } {
  const policy = (zeta: Bounded): { readonly X: Bounded; readonly P: Bounded } => {
    const at = { ...symbols, zeta };
    return {
      X: throughOutputScale(arithmetic, closedFormOutput.evaluate(arithmetic, at)),
      P: throughOutputScale(arithmetic, closedFormInflation.evaluate(arithmetic, at)),
    };
  };
  const scale = shockScale.evaluate(arithmetic, symbols);
  const rho = symbols['rho'] ?? arithmetic.exact(Number.NaN);
  const { nodes, weights } = nodesOf(expectation);
  const next = nodes.map((node) =>
    policy(
      arithmetic.sum([arithmetic.mul(rho, symbols.zeta), arithmetic.mul(scale, arithmetic.rounded(node))]),
    ),
  );
  const mean = (controls: readonly Bounded[]): Bounded =>
    arithmetic.dot(
      weights.map((weight) => arithmetic.rounded(weight)),
      controls,
    );
  const at = {
    ...symbols,
    ...policy(symbols.zeta),
    EX: mean(next.map(({ X }) => X)),
    EP: mean(next.map(({ P }) => P)),
  };
  return { is: isResidual.evaluate(arithmetic, at), phillips: phillipsResidual.evaluate(arithmetic, at) };
}

/** Network outputs are 100 times the controls: two more roundings. */
function throughOutputScale(arithmetic: RunningError, control: Bounded): Bounded {
  return arithmetic.mul(arithmetic.rounded(0.01), arithmetic.mul(arithmetic.exact(100), control));
}

function nodesOf(expectation: Expectation): {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
} {
  if (expectation.rule === 'gauss-hermite') return gaussHermite(expectation.nodes);
  const nodes = Array.from({ length: expectation.draws }, (_, index) =>
    index % 2 === 0 ? LARGEST_DRAW : -LARGEST_DRAW,
  );
  return { nodes, weights: nodes.map(() => 1 / nodes.length) };
}
