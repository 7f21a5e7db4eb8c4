import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { TensorValue } from '../../../src/verification/tensor-value.ts';
import { NOT_A_NUMBER } from './network.ts';

/** Numbers of a rollout, (T, E, C) each, and its flags (T, E). */
export interface BoundedRollout {
  readonly shape: readonly [steps: number, environments: number, components: number];
  readonly rewards: readonly Bounded[];
  readonly values: readonly Bounded[];
  readonly nextValues: readonly Bounded[];
  readonly terminated: TensorValue;
  readonly truncated: TensorValue;
}

/**
 * Advantages as the explicit sum Σ (γλ)ᵏ δ over the segment, up to the first end; and Monte-Carlo returns Σ γᵏ r plus what
 * comes after, which advantages plus values are where λ = 1.
 */
export function explicitSums(
  arithmetic: RunningError,
  rollout: BoundedRollout,
  { discount, lambda }: { readonly discount: number; readonly lambda: number },
): { readonly advantages: readonly Bounded[]; readonly monteCarlo: readonly Bounded[] } {
  const { rounded, sum, mul, neg, exact } = arithmetic;
  const [steps, environments, components] = rollout.shape;
  const gamma = rounded(discount);
  const decay = mul(gamma, rounded(lambda));
  const flag = ({ data }: TensorValue, at: number): boolean => data[Math.floor(at / components)] === 1;
  const stride = environments * components;
  const of = (numbers: readonly Bounded[], at: number): Bounded => numbers[at] ?? NOT_A_NUMBER;
  const after = (at: number): readonly Bounded[] =>
    flag(rollout.terminated, at) ? [] : [mul(gamma, of(rollout.nextValues, at))];
  const segment = (from: number): readonly number[] => {
    const all: number[] = [];
    for (let at = from; at < steps * stride; at += stride) {
      all.push(at);
      if (flag(rollout.terminated, at) || flag(rollout.truncated, at)) break;
    }
    return all;
  };
  /** Σ bᵏ xₖ, where xₖ is a list of terms. */
  const powers = (base: Bounded, terms: readonly (readonly Bounded[])[]): Bounded => {
    let power = exact(1);
    const weighted: Bounded[] = [];
    for (const list of terms) {
      for (const term of list) weighted.push(mul(power, term));
      power = mul(power, base);
    }
    return sum(weighted);
  };
  const rows = rollout.rewards.map((_, from) => segment(from));
  return {
    advantages: rows.map((segmentRows) =>
      powers(
        decay,
        segmentRows.map((at) => [of(rollout.rewards, at), ...after(at), neg(of(rollout.values, at))]),
      ),
    ),
    monteCarlo: rows.map((segmentRows) =>
      powers(
        gamma,
        segmentRows.map((at, index) => [
          of(rollout.rewards, at),
          ...(index === segmentRows.length - 1 ? after(at) : []),
        ]),
      ),
    ),
  };
}
