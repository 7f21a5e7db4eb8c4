import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { TensorValue } from '../../../src/verification/tensor-value.ts';
import type { Settings } from '../cases.ts';

/** Mean and variance of one feature, or of one feature of one agent. */
export interface Moments {
  readonly mean: Bounded;
  readonly variance: Bounded;
}

/** Samples of each statistic in a batch (N…, A, F): statistics are the last dimensions, so column i holds i, i + S, … */
export function columnsOf(
  { exact }: RunningError,
  { data }: TensorValue,
  statistics: number,
): readonly (readonly Bounded[])[] {
  return Array.from({ length: statistics }, (_, column) =>
    Array.from({ length: data.length / statistics }, (_row, row) =>
      exact(data[row * statistics + column] ?? Number.NaN),
    ),
  );
}

/** μ = Σx/n, var = Σ(x − μ)²/n. */
export function momentsOf(arithmetic: RunningError, samples: readonly Bounded[]): Moments {
  const { mean, sub, mul } = arithmetic;
  const centre = meanOf(arithmetic, samples);
  const squares = samples.map((x) => {
    const distance = sub(x, centre);
    return mul(distance, distance);
  });
  return { mean: centre, variance: mean(squares) };
}

/**
 * A mean by one sum, or refined by the mean of what is left about it: the larger bound of the two. In the second the
 * error β of the first mean cancels, but for what it adds to the size of the terms, (n + 2)u a unit of β.
 */
function meanOf({ exact, mean, add, sub, mul }: RunningError, samples: readonly Bounded[]): Bounded {
  const once = mean(samples);
  const first = exact(Math.fround(once.value));
  const refined = add(first, mean(samples.map((x) => sub(x, first))));
  const unit = mul(exact(1), exact(1)).bound;
  const second = refined.bound + (samples.length + 2) * unit * once.bound;
  return { value: once.value, bound: Math.max(once.bound, second) };
}

/** d = μ_b − m, m ← m + (1−ρ)d, v ← ρ(v + (1−ρ)d²) + (1−ρ)var_b. */
export function blended(
  { add, sub, mul, rounded }: RunningError,
  past: Moments,
  batch: Moments,
  momentum: number,
): Moments {
  const weight = rounded(1 - momentum);
  const distance = sub(batch.mean, past.mean);
  const between = mul(weight, mul(distance, distance));
  return {
    mean: add(past.mean, mul(weight, distance)),
    variance: add(mul(rounded(momentum), add(past.variance, between)), mul(weight, batch.variance)),
  };
}

/** max(√(v + ε), floor). */
export function deviationOf(
  { add, sqrt, max, rounded }: RunningError,
  variance: Bounded,
  { epsilon, floor }: Settings,
): Bounded {
  return max(sqrt(add(variance, rounded(epsilon))), rounded(floor));
}
