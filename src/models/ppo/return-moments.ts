import { columnMoments } from '../../numerics/running-moments.ts';

/** Exponential averages of the first two moments of returns, (C) each, and the weight that they add up to. */
export interface ReturnMoments {
  readonly weight: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Mean and standard deviation of returns, (C) each. */
export interface ReturnScale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

export function noReturnMoments(components: number): ReturnMoments {
  return { weight: 0, first: new Float64Array(components), second: new Float64Array(components) };
}

/**
 * Lets the returns (n, C) of an update into the averages: m ← d·m + (1 − d)·mean. Divided by their weight, 1 − dᵏ after k
 * updates, they are unbiased from the first update on (Kingma and Ba 2015, §3).
 */
export function addReturns(
  { weight, first, second }: ReturnMoments,
  returns: Float64Array,
  decay: number,
): ReturnMoments {
  const components = first.length;
  const own = Array.from(first, (_, component) => columnMoments(returns, component, components));
  const average = (past: Float64Array, now: readonly number[]): Float64Array =>
    past.map((value, component) => decay * value + (1 - decay) * (now[component] ?? Number.NaN));
  return {
    weight: decay * weight + 1 - decay,
    first: average(
      first,
      own.map(({ mean }) => mean),
    ),
    second: average(
      second,
      own.map(({ mean, variance }) => variance + mean * mean),
    ),
  };
}

/** Smallest deviation, relative to the root mean square: below it returns are equal but for roundings (2⁻²³). */
const LEAST_DEVIATION = 2 ** -23;

/**
 * Mean 0 and deviation 1 before the first returns. Where all are equal their size stands for the deviation, so that what is
 * measured by it does not change with the unit of the reward; 1 where all are 0.
 */
export function scaleOf({ weight, first, second }: ReturnMoments): ReturnScale {
  if (weight === 0) return { mean: first.map(() => 0), deviation: first.map(() => 1) };
  const mean = first.map((value) => value / weight);
  const deviation = second.map((value, component) => {
    const square = value / weight;
    const variance = square - (mean[component] ?? Number.NaN) ** 2;
    if (variance > LEAST_DEVIATION ** 2 * square) return Math.sqrt(variance);
    return square > 0 ? Math.sqrt(square) : 1;
  });
  return { mean, deviation };
}
