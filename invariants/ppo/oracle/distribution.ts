import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import { NOT_A_NUMBER } from './network.ts';

/** A policy at one observation: logits, or means with log deviations. */
export interface Policy {
  readonly policy: readonly Bounded[];
  /** Empty of a discrete policy. */
  readonly logDeviation: readonly Bounded[];
}

/** log softmax: x − max − log Σ exp(x − max). */
export function logSoftmax(
  { max, sub, sum, exp, log }: RunningError,
  logits: readonly Bounded[],
): readonly Bounded[] {
  const [first = NOT_A_NUMBER, ...others] = logits;
  const largest = others.reduce(max, first);
  const shifted = logits.map((x) => sub(x, largest));
  const level = log(sum(shifted.map((x) => exp(x))));
  return shifted.map((x) => sub(x, level));
}

/** log π of a one-hot row or a raw sample. */
export function logProbability(
  arithmetic: RunningError,
  { policy, logDeviation }: Policy,
  action: readonly number[],
): Bounded {
  const { exact, rounded, sum, mul, sub, neg, scale } = arithmetic;
  if (logDeviation.length === 0) {
    const logs = logSoftmax(arithmetic, policy);
    return sum(logs.map((one, index) => mul(one, exact(action[index] ?? Number.NaN))));
  }
  const terms = policy.flatMap((mean, index) => {
    const deviation = logDeviation[index] ?? NOT_A_NUMBER;
    const z = standardised(arithmetic, sub(exact(action[index] ?? Number.NaN), mean), deviation);
    return [scale(mul(z, z), -0.5), neg(deviation), rounded(-Math.log(2 * Math.PI) / 2)];
  });
  return sum(terms);
}

/** Entropy at one observation: −Σ π log π, or Σ log σ + ½ log 2πe. */
export function entropy(arithmetic: RunningError, { policy, logDeviation }: Policy): Bounded {
  const { rounded, sum, mul, exp, neg } = arithmetic;
  if (logDeviation.length > 0)
    return sum(logDeviation.flatMap((log) => [log, rounded((Math.log(2 * Math.PI) + 1) / 2)]));
  return neg(sum(logSoftmax(arithmetic, policy).map((log) => mul(exp(log), log))));
}

/** D(old ‖ now) at one observation: Σ π (log π − log π′), or Σ log σ′/σ + (σ² + (μ − μ′)²)/2σ′² − ½. */
export function divergence(arithmetic: RunningError, old: Policy, now: Policy): Bounded {
  const { rounded, sum, mul, sub, exp, scale } = arithmetic;
  if (old.logDeviation.length === 0) {
    const [before, after] = [logSoftmax(arithmetic, old.policy), logSoftmax(arithmetic, now.policy)];
    return sum(before.map((log, index) => mul(exp(log), sub(log, after[index] ?? NOT_A_NUMBER))));
  }
  const terms = old.policy.flatMap((mean, index) => {
    const [log = NOT_A_NUMBER, next = NOT_A_NUMBER] = [old.logDeviation[index], now.logDeviation[index]];
    const wider = sub(next, log);
    const gap = standardised(arithmetic, sub(mean, now.policy[index] ?? NOT_A_NUMBER), next);
    return [wider, scale(exp(scale(wider, -2)), 0.5), scale(mul(gap, gap), 0.5), rounded(-0.5)];
  });
  return sum(terms);
}

/** x/σ: times exp(−log σ), or over exp(log σ). */
export function standardised({ mul, div, exp, neg }: RunningError, x: Bounded, log: Bounded): Bounded {
  const product = mul(x, exp(neg(log)));
  return { value: product.value, bound: Math.max(product.bound, div(x, exp(log)).bound) };
}
