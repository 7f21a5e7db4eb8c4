import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { Expression } from '../../../src/numerics/symbolic.ts';
import type { nkLinearise } from '../../../src/verification/contracts/index.ts';
import type { InputOf } from '../../../src/verification/operation.ts';
import type { Matrix } from '../../engine/oracle/primitives.ts';
import { element, PARAMETER_COUNT, symbolsOf } from '../cases.ts';
import { ergodicDeviation, isResidual, phillipsResidual, shockScale } from './equations.ts';
import type { Layer, Unit } from './network.ts';
import { inputRow, layersOf, networkPass, UNITS } from './network.ts';

type Input = InputOf<typeof nkLinearise>;

/** Controls, today's and expected, that an equation is a function of. */
const CONTROLS = ['X', 'P', 'EX', 'EP'] as const;

interface Equation {
  readonly residual: Expression;
  readonly slopes: Readonly<Record<(typeof CONTROLS)[number], Expression>>;
}

const EQUATIONS = { is: equationOf(isResidual), phillips: equationOf(phillipsResidual) } as const;

function equationOf(residual: Expression): Equation {
  const [X, P, EX, EP] = CONTROLS.map((symbol) => residual.derivative(symbol));
  return { residual, slopes: { X, P, EX, EP } as Equation['slopes'] };
}

/** Residuals (2B), IS first, and their Jacobian (2B·P), row-major. */
export interface LinearisationOracle {
  readonly residuals: readonly Bounded[];
  readonly jacobian: readonly Bounded[];
}

/** Widths of the network of an input, in units. */
export function widthsOf({ network }: Pick<Input, 'network'>): readonly number[] {
  return [PARAMETER_COUNT + 1, ...network.hidden, 2];
}

/**
 * The residual vector and its Jacobian by the chain rule, sample by sample: the rows of a sample, today's and
 * tomorrow's, go through the network; the symbolic slopes of an equation in today's and in expected controls, the
 * latter times the probability of their row, go back.
 */
export function linearisationOracle(arithmetic: RunningError, input: Input): LinearisationOracle {
  const unit = UNITS[input.network.activation];
  const layers = layersOf(arithmetic, input.weights, widthsOf(input), unit);
  const samples = Array.from(input.zeta.data, (_, sample) =>
    sampleOracle(arithmetic, input, sample, layers, unit),
  );
  const both = (['is', 'phillips'] as const).flatMap((name) => samples.map((sample) => sample[name]));
  return {
    residuals: both.map(({ residual }) => residual),
    jacobian: both.flatMap(({ gradient }) => gradient),
  };
}

interface RowOracle {
  readonly residual: Bounded;
  readonly gradient: readonly Bounded[];
}

function sampleOracle(
  arithmetic: RunningError,
  input: Input,
  sample: number,
  layers: readonly Layer[],
  unit: Unit,
): Readonly<Record<keyof typeof EQUATIONS, RowOracle>> {
  const { dot, mul, rounded } = arithmetic;
  const { network, nodes, probabilities, equationWeights, reduction } = input;
  const parameters = symbolsOf(arithmetic, input.parameters, sample);
  const zeta = element(arithmetic, input.zeta, sample);
  const deviation = ergodicDeviation.evaluate(arithmetic, parameters);
  const isErgodic = network.unit === 'ergodic';
  /** A quotient, rounded twice as those of the equations are. */
  const over = (x: Bounded, y: Bounded): Bounded => mul(x, arithmetic.div(arithmetic.exact(1), y));

  // Through the network.
  const loading = shockScale.evaluate(arithmetic, parameters);
  const rho = parameters['rho'] ?? NOT_A_NUMBER;
  const tomorrow = Array.from(nodes.data, (node) => dot([rho, loading], [zeta, arithmetic.exact(node)]));
  const scale = rounded(network.stateScale);
  const inputs = [zeta, ...tomorrow].map((state) =>
    inputRow(arithmetic, over(state, isErgodic ? mul(deviation, scale) : scale), parameters),
  );
  const pass = networkPass(arithmetic, inputs, layers, unit);
  /** Outputs to controls, and slopes in controls to slopes in outputs. */
  const inUnits = (x: Bounded): Bounded => {
    const scaled = mul(x, rounded(network.outputScale));
    return isErgodic ? mul(scaled, deviation) : scaled;
  };

  // Into the equations.
  const shares = Array.from(probabilities.data, (probability) => arithmetic.exact(probability));
  const [today = [], ...next] = pass.raw.map((row) => row.map(inUnits));
  const expected = (control: 0 | 1): Bounded =>
    dot(
      shares,
      next.map((row) => row[control] ?? NOT_A_NUMBER),
    );
  const symbols = {
    ...parameters,
    zeta,
    X: today[0] ?? NOT_A_NUMBER,
    P: today[1] ?? NOT_A_NUMBER,
    EX: expected(0),
    EP: expected(1),
  };
  const count = reduction === 'sum' ? 1 : input.zeta.data.length;

  // And back.
  const rowOf = (name: keyof typeof EQUATIONS): RowOracle => {
    const { residual, slopes } = EQUATIONS[name];
    const factor = rounded(Math.sqrt(equationWeights[name] / count));
    const weighted = (x: Bounded): Bounded => mul(isErgodic ? over(x, deviation) : x, factor);
    const slope = (symbol: keyof Equation['slopes']): Bounded =>
      inUnits(weighted(slopes[symbol].evaluate(arithmetic, symbols)));
    const ahead = [slope('EX'), slope('EP')];
    const cotangent: Matrix = [
      [slope('X'), slope('P')],
      ...shares.map((share) => ahead.map((value) => mul(share, value))),
    ];
    return {
      residual: weighted(residual.evaluate(arithmetic, symbols)),
      gradient: pass.gradient(cotangent),
    };
  };
  return { is: rowOf('is'), phillips: rowOf('phillips') };
}

const NOT_A_NUMBER: Bounded = { value: Number.NaN, bound: Number.NaN };
