import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';

/**
 * min(ρA, clip(ρ, 1 ± ε) A) of one sample, and its slope in log ρ. Where ρ is within its bound of an edge of the clip the
 * slope may be either of two: the bound then reaches from the one to the other.
 */
export function surrogate(
  { exp, mul, min, max, rounded, exact }: RunningError,
  logRatio: Bounded,
  advantage: Bounded,
  clip: number,
): { readonly value: Bounded; readonly slope: Bounded } {
  const ratio = exp(logRatio);
  const [low, high] = [rounded(1 - clip), rounded(1 + clip)];
  const free = mul(ratio, advantage);
  const value = min(free, mul(max(min(ratio, high), low), advantage));
  const edge = advantage.value > 0 ? high : low;
  const distance = advantage.value > 0 ? ratio.value - edge.value : edge.value - ratio.value;
  if (Math.abs(distance) <= ratio.bound + edge.bound)
    return { value, slope: { value: free.value, bound: free.bound + Math.abs(free.value) } };
  return { value, slope: distance > 0 && advantage.value !== 0 ? exact(0) : free };
}
