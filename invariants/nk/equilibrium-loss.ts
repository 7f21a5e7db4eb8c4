import type { RunningError } from '../../src/numerics/running-error.ts';
import { nkEquilibriumLoss } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import type { Batch } from './cases.ts';
import { batchOf, element, naturalRate, symbolsOf } from './cases.ts';
import { closedFormInflation, closedFormOutput, isResidual, phillipsResidual } from './oracle/equations.ts';

/** How far controls are moved off the solution: well beyond rounding, and as large as controls are. */
const OFF = 2 ** -5;

/** Step of a difference of calls, small beside it. */
const STEP = 2 ** -8;

/** Squares and their mean round too, as do both losses. */
const ROUNDINGS = 2;

type Controls = Record<'output' | 'inflation' | 'expectedOutput' | 'expectedInflation', TensorValue>;

/** A loss of which only the value is known is 0 at the solution, and falls towards it. */
export const equilibriumLoss = law<Batch<'zeta'>>({
  id: 'nk/equilibrium-loss',
  statement:
    'A mean of squared residuals, in whatever units and weights, is 0 at the closed form, and falls towards it when output or inflation of everyone is off.',
  formula: 'L(X*, Π*) = 0;  sign of dL/dX at X* ± d is that of ± d, by differences of calls; so for Π',
  guards: 'a loss that falls on another model than the one on paper, seen through nothing but its value',
  suspects: 'the equilibrium conditions, and the weights and reductions between them and the loss',
  oracle: 'derivation',
  bound:
    'each residual is off by its forward error and moves by at least its slope times d, so that L(X*)/L(X* + d) is below the largest square of their ratios, whatever the weights',
  needs: [nkEquilibriumLoss],
  cases: batchOf({ zeta: naturalRate }),
  async judge({ parameters, zeta }, { call, arithmetic }) {
    const solution = controlsAt(arithmetic, parameters, zeta);
    const lossAt = async (control: 'output' | 'inflation', distance: number): Promise<number> => {
      const moved = { ...solution, [control]: shifted(solution[control], distance) };
      return (await call(nkEquilibriumLoss, { parameters, zeta, ...moved })).loss;
    };
    const measured: Measurement[] = [];
    for (const control of ['output', 'inflation'] as const) {
      const [here, there] = [await lossAt(control, 0), await lossAt(control, OFF)];
      measured.push({
        quantity: `loss at the solution, over that with ${control} off by ${OFF}`,
        measured: Math.abs(here / there),
        allowed: ROUNDINGS * largestRatio(arithmetic, { parameters, zeta, ...solution }, control),
        got: String(here),
        expected: `0, beside ${there}`,
      });
      for (const side of [-1, 1]) {
        const slope =
          (await lossAt(control, side * (OFF + STEP))) - (await lossAt(control, side * (OFF - STEP)));
        const at = `${control} off by ${side * OFF}`;
        measured.push(same('loss away from the solution', slope > 0 ? 'rising' : 'not rising', 'rising', at));
      }
    }
    return measured;
  },
});

/** The closed form, rounded to single precision as inputs are; expectations are those of ρζ. */
function controlsAt(arithmetic: RunningError, parameters: TensorValue, zeta: TensorValue): Controls {
  const rows = Array.from(zeta.data, (state, index) => {
    const symbols = symbolsOf(arithmetic, parameters, index);
    const rho = symbols['rho']?.value ?? Number.NaN;
    const at = (natural: number) => ({ ...symbols, zeta: arithmetic.exact(natural) });
    return {
      output: closedFormOutput.evaluate(arithmetic, at(state)).value,
      inflation: closedFormInflation.evaluate(arithmetic, at(state)).value,
      expectedOutput: closedFormOutput.evaluate(arithmetic, at(rho * state)).value,
      expectedInflation: closedFormInflation.evaluate(arithmetic, at(rho * state)).value,
    };
  });
  const column = (name: keyof Controls): TensorValue =>
    float32(
      zeta.shape,
      rows.map((row) => row[name]),
    );
  return {
    output: column('output'),
    inflation: column('inflation'),
    expectedOutput: column('expectedOutput'),
    expectedInflation: column('expectedInflation'),
  };
}

/** Square of what a residual may be at the solution over what it is off it, the largest of both equations and all samples. */
function largestRatio(
  arithmetic: RunningError,
  sample: Controls & Record<'parameters' | 'zeta', TensorValue>,
  control: 'output' | 'inflation',
): number {
  const ratios = Array.from(sample.zeta.data, (_, index) => {
    const at = (distance: number) => ({
      ...symbolsOf(arithmetic, sample.parameters, index),
      zeta: element(arithmetic, sample.zeta, index),
      X: element(arithmetic, shifted(sample.output, control === 'output' ? distance : 0), index),
      P: element(arithmetic, shifted(sample.inflation, control === 'inflation' ? distance : 0), index),
      EX: element(arithmetic, sample.expectedOutput, index),
      EP: element(arithmetic, sample.expectedInflation, index),
    });
    return [isResidual, phillipsResidual].map((equation) => {
      const here = equation.evaluate(arithmetic, at(0));
      const there = equation.evaluate(arithmetic, at(OFF));
      return (Math.abs(here.value) + here.bound) / (Math.abs(there.value) - there.bound);
    });
  });
  return Math.max(...ratios.flat()) ** 2;
}

function shifted(value: TensorValue, distance: number): TensorValue {
  return float32(
    value.shape,
    Array.from(value.data, (element) => element + distance),
  );
}
