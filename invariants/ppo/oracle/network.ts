import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { Matrix } from '../../engine/oracle/primitives.ts';
import { transpose } from '../../engine/oracle/primitives.ts';

/** Sizes of the networks of policy and value. */
export interface NetworkSizes {
  readonly observations: number;
  readonly actions: number;
  readonly rewards: number;
  readonly kind: 'discrete' | 'continuous';
  readonly hidden: readonly number[];
  readonly shared: boolean;
}

/** What the networks say of one observation. */
export interface Outputs {
  /** (A): logits or means. */
  readonly policy: readonly Bounded[];
  /** (A) of a Gaussian policy; empty of a discrete one. */
  readonly logDeviation: readonly Bounded[];
  /** (C). */
  readonly values: readonly Bounded[];
}

type Shape = readonly [rows: number, columns: number];

/** Shapes of the weights in the order in which they lie in the flat vector. */
function shapesOf({ observations, actions, rewards, kind, hidden, shared }: NetworkSizes) {
  const layer = (from: number, to: number): readonly Shape[] => [
    [from, to],
    [1, to],
  ];
  const tower = hidden.flatMap((width, index) => layer(hidden[index - 1] ?? observations, width));
  const last = hidden.at(-1) ?? observations;
  const deviations: readonly Shape[] = kind === 'continuous' ? [[1, actions]] : [];
  return {
    tower,
    policy: layer(last, actions),
    deviations,
    second: shared ? [] : tower,
    value: layer(last, rewards),
  };
}

/** P. */
export function weightCount(sizes: NetworkSizes): number {
  return Object.values(shapesOf(sizes))
    .flat()
    .reduce((total, [rows, columns]) => total + rows * columns, 0);
}

/** Where the last layer of the value begins: it lies at the end, matrix (H, C), then bias (C). */
export function valueHeadFrom(sizes: NetworkSizes): number {
  const { value } = shapesOf(sizes);
  return weightCount(sizes) - value.reduce((total, [rows, columns]) => total + rows * columns, 0);
}

/** The networks at flat weights (P), as a function of one observation; any order of summation. */
export function networkOf(
  arithmetic: RunningError,
  sizes: NetworkSizes,
  weights: readonly Bounded[],
): (observation: readonly Bounded[]) => Outputs {
  const { sum, mul } = arithmetic;
  let offset = 0;
  const take = (shapes: readonly Shape[]): readonly Matrix[] =>
    shapes.map(([rows, columns]) => {
      const start = offset;
      offset += rows * columns;
      return Array.from({ length: rows }, (_, row) =>
        weights.slice(start + row * columns, start + (row + 1) * columns),
      );
    });
  const shapes = shapesOf(sizes);
  const [tower, policy, deviations, second, value] = [
    take(shapes.tower),
    take(shapes.policy),
    take(shapes.deviations),
    take(shapes.second),
    take(shapes.value),
  ];
  const affine = (x: readonly Bounded[], [kernel = [], [bias = []] = []]: readonly Matrix[]) =>
    transpose(kernel).map((column, unit) =>
      sum([...column.map((w, input) => mul(w, x[input] ?? NOT_A_NUMBER)), bias[unit] ?? NOT_A_NUMBER]),
    );
  const through = (layers: readonly Matrix[], x: readonly Bounded[]): readonly Bounded[] => {
    let row = x;
    for (let layer = 0; layer < layers.length; layer += 2)
      row = affine(row, layers.slice(layer, layer + 2)).map((one) => tanhOf(arithmetic, one));
    return row;
  };
  return (observation) => {
    const first = through(tower, observation);
    return {
      policy: affine(first, policy),
      logDeviation: deviations[0]?.[0] ?? [],
      values: affine(sizes.shared ? first : through(second, observation), value),
    };
  };
}

/** tanh x, or 2 S(2x) − 1: engines that are slow at the one take the other. */
function tanhOf({ tanh, sigmoid, scale, sub, exact }: RunningError, x: Bounded): Bounded {
  const direct = tanh(x);
  const logistic = sub(scale(sigmoid(scale(x, 2)), 2), exact(1));
  return { value: direct.value, bound: Math.max(direct.bound, logistic.bound) };
}

export const NOT_A_NUMBER: Bounded = { value: Number.NaN, bound: Number.NaN };
