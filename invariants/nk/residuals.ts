import type { Batch } from './cases.ts';
import { batchOf, element, naturalRate, symbolsOf } from './cases.ts';
import { isResidual, phillipsResidual } from './oracle/equations.ts';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import type { Expression } from '../../src/numerics/symbolic.ts';
import { nkResidualGradients, nkResiduals } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';

const control = between(-0.5, 0.5);

type Differentiated = 'zeta' | 'X' | 'P' | 'EX' | 'EP';

/** Symbolic derivatives of both equations. */
const SLOPES: Readonly<Record<Differentiated, { readonly is: Expression; readonly phillips: Expression }>> = {
  zeta: slopesIn('zeta'),
  X: slopesIn('X'),
  P: slopesIn('P'),
  EX: slopesIn('EX'),
  EP: slopesIn('EP'),
};

function slopesIn(symbol: string): { readonly is: Expression; readonly phillips: Expression } {
  return { is: isResidual.derivative(symbol), phillips: phillipsResidual.derivative(symbol) };
}

/** Residuals at controls that solve nothing, so that every term counts. */
const generalCases = batchOf([
  naturalRate,
  control,
  control,
  control,
  control,
  between(-1, 1),
  between(-1, 1),
]);

const COLUMNS = ['zeta', 'X', 'P', 'EX', 'EP', 'u', 'v'] as const;

const coverage = [
  {
    label: 'expected inflation matters (|E[Π′]| > 0.1)',
    minimumShare: 0.5,
    shows: ({ columns }: Batch) => columns[4]?.data.some((value) => Math.abs(value) > 0.1) ?? false,
  },
  {
    label: 'a shock of either sign',
    minimumShare: 0.3,
    shows: ({ columns }: Batch) => {
      const rates = [...(columns[0]?.data ?? [])];
      return rates.some((rate) => rate > 0) && rates.some((rate) => rate < 0);
    },
  },
];

/** The residuals are those of the two equations, at any controls. */
export const residuals = law({
  id: 'nk/residuals',
  statement:
    'At any controls and expectations the two residuals are those of the IS equation and the Phillips curve.',
  formula: 'IS = X − E[X′] + (φ_π Π + φ_y X − E[Π′] − ζ)/σ; PC = Π − κX − βE[Π′]',
  guards: 'a sign or a factor in an equilibrium condition is wrong; the loss still falls, on another model',
  suspects:
    'the equilibrium conditions (src/models/nk/residuals.ts here): read each term against the formula above',
  oracle: 'derivation',
  bound: 'forward error of the equations as text, any order of summation, quotients rounded twice',
  needs: [nkResiduals],
  coverage,
  cases: generalCases,
  async judge(sample, { call, arithmetic }) {
    const { zeta, X, P, EX, EP } = columnsOf(sample);
    const answer = await call(nkResiduals, {
      parameters: sample.parameters,
      zeta,
      output: X,
      inflation: P,
      expectedOutput: EX,
      expectedInflation: EP,
    });
    return [
      hasType('IS residual', answer.is, 'float32', zeta.shape),
      hasType('Phillips residual', answer.phillips, 'float32', zeta.shape),
      agreesWithOracle('IS residual', answer.is, oracleOf(isResidual, sample, arithmetic)),
      agreesWithOracle('Phillips residual', answer.phillips, oracleOf(phillipsResidual, sample, arithmetic)),
    ];
  },
});

/** The engine's gradient of the residuals is the symbolic derivative. */
export const residualGradients = law({
  id: 'nk/residual-gradients',
  statement:
    'The gradient of the residuals in the state, the controls and the expected controls is the symbolic derivative of the equations.',
  formula: '∂(u·IS + v·PC)/∂z for z in ζ, X, Π, E[X′], E[Π′]',
  guards:
    'training follows a slope that is not that of the equations: a broken gradient kernel, a cut tape, a sign',
  suspects:
    'the equilibrium conditions (src/models/nk/residuals.ts here) when nk/residuals fails too, else a gradient of the engine',
  oracle: 'derivation',
  bound: 'forward error of the symbolic derivative (mathjs) times the cotangents, any order of summation',
  needs: [nkResidualGradients],
  coverage,
  cases: generalCases,
  async judge(sample, { call, arithmetic }) {
    const { zeta, X, P, EX, EP, u, v } = columnsOf(sample);
    const answer = await call(nkResidualGradients, {
      parameters: sample.parameters,
      zeta,
      output: X,
      inflation: P,
      expectedOutput: EX,
      expectedInflation: EP,
      cotangentIs: u,
      cotangentPhillips: v,
    });
    const gradient = (symbol: Differentiated): readonly Bounded[] => {
      const is = oracleOf(SLOPES[symbol].is, sample, arithmetic);
      const phillips = oracleOf(SLOPES[symbol].phillips, sample, arithmetic);
      return is.map((slope, index) => {
        const inIs = arithmetic.mul(element(arithmetic, u, index), slope);
        const inPhillips = arithmetic.mul(
          element(arithmetic, v, index),
          phillips[index] ?? arithmetic.exact(Number.NaN),
        );
        return arithmetic.sum([inIs, inPhillips]);
      });
    };
    return [
      agreesWithOracle('gradient in ζ', answer.zeta, gradient('zeta')),
      agreesWithOracle('gradient in X', answer.output, gradient('X')),
      agreesWithOracle('gradient in Π', answer.inflation, gradient('P')),
      agreesWithOracle('gradient in E[X′]', answer.expectedOutput, gradient('EX')),
      agreesWithOracle('gradient in E[Π′]', answer.expectedInflation, gradient('EP')),
    ];
  },
});

function columnsOf(sample: Batch): Record<(typeof COLUMNS)[number], TensorValue> {
  const [zeta, X, P, EX, EP, u, v] = sample.columns;
  if (!zeta || !X || !P || !EX || !EP || !u || !v)
    throw new TypeError('a case of this law has seven columns');
  return { zeta, X, P, EX, EP, u, v };
}

/** The value of an equation (or a derivative of it) at every sample of the batch. */
function oracleOf(formula: Expression, sample: Batch, arithmetic: RunningError): readonly Bounded[] {
  const columns = columnsOf(sample);
  return Array.from({ length: sample.parameters.shape[0] ?? 0 }, (_, index) =>
    formula.evaluate(arithmetic, {
      ...symbolsOf(arithmetic, sample.parameters, index),
      ...Object.fromEntries(COLUMNS.map((name) => [name, element(arithmetic, columns[name], index)])),
    }),
  );
}
