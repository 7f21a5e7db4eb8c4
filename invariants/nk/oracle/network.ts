import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { TensorValue } from '../../../src/verification/tensor-value.ts';
import type { Matrix } from '../../engine/oracle/primitives.ts';
import { celu, celuSlope, product, transpose, zip } from '../../engine/oracle/primitives.ts';
import { PARAMETER_NAMES, PRIOR } from '../cases.ts';

/** What a hidden unit makes of its sums, and the gradient in them; rows are samples. */
export interface Unit {
  /** Sums xW + b that one unit is made of. */
  readonly sumsPerUnit: number;
  readonly value: (arithmetic: RunningError, sums: Matrix) => Matrix;
  readonly gradient: (arithmetic: RunningError, sums: Matrix, cotangent: Matrix) => Matrix;
}

export type UnitName = 'celu' | 'gated';

/** Gated: of a row [u, v], u·S(v). */
export const UNITS: Readonly<Record<UnitName, Unit>> = {
  celu: {
    sumsPerUnit: 1,
    value: (a, sums) => sums.map((row) => row.map((x) => celu(a, x))),
    gradient: (a, sums, cotangent) => zip(cotangent, sums, (slope, x) => a.mul(slope, celuSlope(a, x))),
  },
  gated: {
    sumsPerUnit: 2,
    value: (a, sums) => sums.map((row) => pairsOf(row).map(([u, v]) => a.mul(u, a.sigmoid(v)))),
    // In v: y·(1 − S), which loses digits where S is near 1; u·(S·(1 − S)) loses the same.
    gradient: (a, sums, cotangent) =>
      sums.map((row, sample) => {
        const both = pairsOf(row).map(([u, v], unit) => {
          const gate = a.sigmoid(v);
          const slope = cotangent[sample]?.[unit] ?? NOT_A_NUMBER;
          const closing = a.sub(a.exact(1), gate);
          return { inU: a.mul(slope, gate), inV: a.mul(slope, a.mul(a.mul(u, gate), closing)) };
        });
        return [...both.map(({ inU }) => inU), ...both.map(({ inV }) => inV)];
      }),
  },
};

/** Matrix (in, out) and bias (out). */
export interface Layer {
  readonly weight: Matrix;
  readonly bias: readonly Bounded[];
}

/** The layers of flat weights W_1, b_1, W_2, …; `widths` are in units, inputs first. */
export function layersOf(
  arithmetic: RunningError,
  weights: TensorValue,
  widths: readonly number[],
  { sumsPerUnit }: Unit,
): readonly Layer[] {
  let offset = 0;
  const take = (count: number): readonly Bounded[] => {
    const slice = [...weights.data.slice(offset, offset + count)];
    offset += count;
    return slice.map((value) => arithmetic.exact(value));
  };
  return shapesOf(widths, sumsPerUnit).map(([inputs, outputs]) => {
    const flat = take(inputs * outputs);
    const weight = Array.from({ length: inputs }, (_, row) => flat.slice(row * outputs, (row + 1) * outputs));
    return { weight, bias: take(outputs) };
  });
}

/** How many weights a network has: Σ (in + 1)·out. */
export function weightCountOf(widths: readonly number[], { sumsPerUnit }: Unit): number {
  return shapesOf(widths, sumsPerUnit).reduce(
    (total, [inputs, outputs]) => total + (inputs + 1) * outputs,
    0,
  );
}

/** Inputs and outputs of each layer; the last is affine. */
function shapesOf(widths: readonly number[], sumsPerUnit: number): readonly (readonly [number, number])[] {
  return widths.slice(1).map((width, layer) => {
    const isLast = layer + 2 === widths.length;
    return [widths[layer] ?? 0, isLast ? width : width * sumsPerUnit];
  });
}

/** A row of inputs: the state as it is given, then the parameters scaled to [−1, 1] over the prior. */
export function inputRow(
  arithmetic: RunningError,
  state: Bounded,
  parameters: Readonly<Record<string, Bounded>>,
): readonly Bounded[] {
  const scaled = PARAMETER_NAMES.map((name) => {
    const [low, high] = PRIOR[name];
    // (2x − (low + high))/(high − low): the terms are of order 1 and cancel, so that they and not the result set the bound.
    const numerator = arithmetic.sum([
      arithmetic.mul(arithmetic.exact(2), parameters[name] ?? NOT_A_NUMBER),
      arithmetic.neg(arithmetic.rounded(low)),
      arithmetic.neg(arithmetic.rounded(high)),
    ]);
    return arithmetic.mul(numerator, arithmetic.rounded(1 / (high - low)));
  });
  return [state, ...scaled];
}

/** A network evaluated at rows of inputs, with what its gradient needs. */
export interface Pass {
  /** Last layer, (R, outputs). */
  readonly raw: Matrix;
  /** The gradient of Σ cotangent·raw in all weights, flat. */
  readonly gradient: (cotangent: Matrix) => readonly Bounded[];
}

/** Forward, and backward by the chain rule; rows of matrices are samples. */
export function networkPass(
  arithmetic: RunningError,
  inputs: Matrix,
  layers: readonly Layer[],
  unit: Unit,
): Pass {
  const entering: Matrix[] = [];
  const linear: Matrix[] = [];
  let current = inputs;
  layers.forEach(({ weight, bias }, index) => {
    entering.push(current);
    const sums = product(arithmetic, current, weight).map((row) =>
      row.map((value, column) => arithmetic.sum([value, bias[column] ?? NOT_A_NUMBER])),
    );
    linear.push(sums);
    current = index === layers.length - 1 ? sums : unit.value(arithmetic, sums);
  });

  const gradient = (cotangent: Matrix): readonly Bounded[] => {
    const gradients: (readonly Bounded[])[] = [];
    let flowing = cotangent;
    for (let index = layers.length - 1; index >= 0; index -= 1) {
      if (index < layers.length - 1) flowing = unit.gradient(arithmetic, linear[index] ?? [], flowing);
      const inWeight = product(arithmetic, transpose(entering[index] ?? []), flowing).flat();
      const inBias = transpose(flowing).map((column) => arithmetic.sum(column));
      gradients.unshift([...inWeight, ...inBias]);
      flowing = product(arithmetic, flowing, transpose(layers[index]?.weight ?? []));
    }
    return gradients.flat();
  };
  return { raw: current, gradient };
}

const NOT_A_NUMBER: Bounded = { value: Number.NaN, bound: Number.NaN };

/** u and v of each unit: the first half of a row, and the second. */
function pairsOf(row: readonly Bounded[]): readonly (readonly [Bounded, Bounded])[] {
  const units = row.length / 2;
  return row.slice(0, units).map((u, unit) => [u, row[units + unit] ?? NOT_A_NUMBER]);
}
