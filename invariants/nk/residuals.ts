import type { Batch } from './cases.ts';
import { batchOf, element, naturalRate, symbolsOf } from './cases.ts';
import { isResidual, phillipsResidual } from './oracle/equations.ts';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import type { Expression } from '../../src/numerics/symbolic.ts';
import { nkResidualGradients, nkResiduals } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';

const control = between(-0.5, 0.5);

type Differentiated = (typeof VARIABLES)[number];

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
const COLUMNS = {
  zeta: naturalRate,
  X: control,
  P: control,
  EX: control,
  EP: control,
};

type Sample = Batch<'zeta' | 'X' | 'P' | 'EX' | 'EP'>;

/** What the equations are functions of, beside the parameters. */
const VARIABLES = ['zeta', 'X', 'P', 'EX', 'EP'] as const;

const coverage = [
  {
    label: 'expected inflation matters (|E[Π′]| > 0.1)',
    minimumShare: 0.5,
    shows: ({ EP }: Sample) => EP.data.some((value) => Math.abs(value) > 0.1),
  },
  {
    label: 'a shock of either sign',
    minimumShare: 0.3,
    shows: ({ zeta }: Sample) => zeta.data.some((rate) => rate > 0) && zeta.data.some((rate) => rate < 0),
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
  cases: batchOf(COLUMNS),
  async judge(sample, { call, arithmetic, floats }) {
    const { parameters, zeta, X, P, EX, EP } = sample;
    const answer = await call(nkResiduals, {
      parameters,
      zeta,
      output: X,
      inflation: P,
      expectedOutput: EX,
      expectedInflation: EP,
    });
    return [
      hasType('IS residual', answer.is, floats, zeta.shape),
      hasType('Phillips residual', answer.phillips, floats, zeta.shape),
      agreesWithOracle('IS residual', answer.is, oracleOf(isResidual, sample, arithmetic)),
      agreesWithOracle('Phillips residual', answer.phillips, oracleOf(phillipsResidual, sample, arithmetic)),
    ];
  },
});

/** The engine's gradient of the residuals is the symbolic derivative. */
export const residualGradients = law<Sample & Batch<'u' | 'v'>>({
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
  cases: batchOf({ ...COLUMNS, u: between(-1, 1), v: between(-1, 1) }),
  async judge(sample, { call, arithmetic }) {
    const { parameters, zeta, X, P, EX, EP, u, v } = sample;
    const answer = await call(nkResidualGradients, {
      parameters,
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

/** The value of an equation (or a derivative of it) at every sample of the batch. */
function oracleOf(formula: Expression, sample: Sample, arithmetic: RunningError): readonly Bounded[] {
  return Array.from({ length: sample.parameters.shape[0] ?? 0 }, (_, index) =>
    formula.evaluate(arithmetic, {
      ...symbolsOf(arithmetic, sample.parameters, index),
      ...Object.fromEntries(VARIABLES.map((name) => [name, element(arithmetic, sample[name], index)])),
    }),
  );
}
