import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import { NOT_A_NUMBER } from './network.ts';

/** Exponential averages of mean and mean square, and the weight that they add up to. */
export interface Averages {
  readonly weight: Bounded;
  readonly first: Bounded;
  readonly second: Bounded;
}

export interface Scale {
  readonly mean: Bounded;
  readonly deviation: Bounded;
}

/** m ← d·m + (1 − d)·mean, the same for squares; weight 1 − dᵏ. */
export function averaged(
  { rounded, add, mul, mean }: RunningError,
  past: Averages,
  returns: readonly Bounded[],
  decay: number,
): Averages {
  const blend = (old: Bounded, now: Bounded): Bounded =>
    add(mul(rounded(decay), old), mul(rounded(1 - decay), now));
  return {
    weight: add(mul(rounded(decay), past.weight), rounded(1 - decay)),
    first: blend(past.first, mean(returns)),
    second: blend(past.second, mean(returns.map((x) => mul(x, x)))),
  };
}

/** Mean and deviation that averages stand for. */
export function scaleOf({ div, sub, mul, sqrt }: RunningError, { weight, first, second }: Averages): Scale {
  const mean = div(first, weight);
  return { mean, deviation: sqrt(sub(div(second, weight), mul(mean, mean))) };
}

/**
 * Rewards (T, E, C) over the running deviation of the discounted return of all components together, which begins again with
 * each episode, within ± clip: the deviation of all discounted returns so far, those of this step included.
 */
export function scaledRewards(
  arithmetic: RunningError,
  rewards: readonly Bounded[],
  ended: readonly boolean[],
  {
    weights,
    environments,
    discount,
    clip,
  }: {
    readonly weights: readonly number[];
    readonly environments: number;
    readonly discount: number;
    readonly clip: number;
  },
): readonly Bounded[] {
  const { exact, rounded, add, mul, sub, sum, mean, sqrt, div, min, max, neg } = arithmetic;
  const components = weights.length;
  const seen: Bounded[] = [];
  const running = new Array<Bounded>(environments).fill(exact(0));
  const scaled: Bounded[] = [];
  for (let row = 0; row < ended.length; row += environments) {
    const own = rewards.slice(row * components, (row + environments) * components);
    for (let index = 0; index < environments; index += 1) {
      const total = sum(
        weights.map((w, component) => mul(exact(w), own[index * components + component] ?? NOT_A_NUMBER)),
      );
      const now = add(mul(running[index] ?? NOT_A_NUMBER, rounded(discount)), total);
      seen.push(now);
      running[index] = ended[row + index] === true ? exact(0) : now;
    }
    const centre = mean(seen);
    const variance = mean(seen.map((x) => mul(sub(x, centre), sub(x, centre))));
    // Gymnasium's constant.
    const deviation = sqrt(add(variance, rounded(1e-8)));
    for (const reward of own) scaled.push(max(min(div(reward, deviation), exact(clip)), neg(exact(clip))));
  }
  return scaled;
}
