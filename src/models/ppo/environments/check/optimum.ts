import type { Optimum } from '../../environment.ts';
import { isAllowed } from './agent.ts';
import type { Chance } from './behaviour.ts';
import type { Findings } from './findings.ts';
import type { ProbedEnvironment } from './probed.ts';

/** Episodes over which the value is compared with what is earned. */
const EPISODES = 100;
/** Standard errors that are allowed between the two: of 100 differences, t exceeds it with a chance of 2e-8. */
const STANDARD_ERRORS = 6;
/** Of the sum of absolute rewards: states and actions are rounded at each of its steps, and pass the rounding on. */
const ROUNDING = 2 ** -16;
/** An episode is followed until what is left of it weighs less, or for as many steps as this. */
const WEIGHT_LEFT = 0.05;
const MOST_STEPS = 500;

/**
 * Follows the best policy. Σ γᵗ r_t + γᵀ V(s_T) − V(s_0) has mean zero if V is its value, wherever the episode began:
 * so has its product with each observation of the beginning, which sees a mistake that is up here and down there. Since
 * V of the last state comes in, time may run out without harm.
 */
export function checkOptimum(
  probed: ProbedEnvironment,
  optimum: Optimum,
  chance: Chance,
  findings: Findings,
): void {
  const followed: Followed[] = [];
  for (let episode = 0; episode < EPISODES; episode += 1) {
    const one = follow(probed, optimum, chance, episode, findings);
    if (one === undefined) return;
    followed.push(one);
  }
  const gaps = followed.map(({ gap }) => gap);
  const rounding = ROUNDING * Math.max(...followed.map(({ size }) => size));
  const where = `over ${EPISODES} episodes at the discount factor ${optimum.discount}`;
  const advice = 'Is it the value at this discount, from the state before the step on?';
  const all = excess(gaps, rounding);
  if (all !== undefined) {
    findings.add(
      'optimum-value',
      `optimum.act earns ${all.mean} more than optimum.value says, on average ${where}; expected within ±${all.allowed}. ${advice}`,
    );
    return;
  }
  for (const [i, name] of probed.environment.observations.entries()) {
    const weights = standardised(followed.map(({ seen }) => seen[i] ?? Number.NaN));
    const sloped = excess(
      gaps.map((gap, episode) => gap * (weights[episode] ?? Number.NaN)),
      rounding * Math.max(...weights.map(Math.abs)),
    );
    if (sloped === undefined) continue;
    findings.add(
      'optimum-value',
      `what optimum.act earns more than optimum.value says changes by ${sloped.mean} with each standard deviation of "${name}" at the beginning, ${where}; expected within ±${sloped.allowed}. ${advice}`,
    );
    return;
  }
}

/** The mean and what is allowed for it, as text, if it is too far from zero. */
function excess(
  values: readonly number[],
  rounding: number,
): { readonly mean: string; readonly allowed: string } | undefined {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1);
  const allowed = STANDARD_ERRORS * Math.sqrt(variance / values.length) + rounding;
  if (Math.abs(mean) <= allowed) return undefined;
  return { mean: mean.toPrecision(3), allowed: allowed.toPrecision(3) };
}

/** With mean 0 and variance 1; zeros where all are equal. */
function standardised(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length;
  return values.map((one) => (variance === 0 ? 0 : (one - mean) / Math.sqrt(variance)));
}

interface Followed {
  /** What the episode earned more than its value. */
  readonly gap: number;
  /** Of the numbers that this is a difference of. */
  readonly size: number;
  /** What the agent saw at the beginning. */
  readonly seen: Float32Array;
}

/** An episode of the best policy; undefined if it cannot go on. */
function follow(
  probed: ProbedEnvironment,
  { discount, act, value }: Optimum,
  chance: Chance,
  episode: number,
  findings: Findings,
): Followed | undefined {
  const random = chance(`optimum ${episode}`);
  const state = probed.reset(random);
  const seen = probed.observe(state);
  const action = probed.action();
  const finiteValue = (): number | undefined => {
    const answer = value(state.slice());
    if (Number.isFinite(answer)) return answer;
    findings.add(
      'optimum-value-not-finite',
      `optimum.value answers ${answer} in a state of an episode; expected a finite number.`,
    );
    return undefined;
  };
  const first = finiteValue();
  if (first === undefined) return undefined;
  let [gap, size, weight] = [-first, Math.abs(first), 1];
  for (let step = 0; step < Math.min(MOST_STEPS, probed.environment.timeLimit); step += 1) {
    act(state.slice(), action.fill(Number.NaN));
    if (!isAllowed(probed.environment.actions, action)) {
      findings.add(
        'optimum-action',
        `optimum.act writes ${[...action].join(', ')}; expected an action that may be taken.`,
      );
      return undefined;
    }
    const { rewards, terminated } = probed.step(state, action, random);
    gap += weight * rewards.reduce((sum, reward) => sum + reward, 0);
    size += weight * rewards.reduce((sum, reward) => sum + Math.abs(reward), 0);
    weight *= discount;
    if (terminated) return { gap, size, seen };
    if (weight < WEIGHT_LEFT) break;
  }
  const last = finiteValue();
  return last === undefined
    ? undefined
    : { gap: gap + weight * last, size: size + weight * Math.abs(last), seen };
}
