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
 * Follows the best policy. Σ γᵗ r_t + γᵀ V(s_T) − V(s_0) has mean zero if V is its value; since V of the last state
 * comes in, time may run out without harm.
 */
export function checkOptimum(
  probed: ProbedEnvironment,
  optimum: Optimum,
  chance: Chance,
  findings: Findings,
): void {
  const gaps: number[] = [];
  let rounding = 0;
  for (let episode = 0; episode < EPISODES; episode += 1) {
    const followed = follow(probed, optimum, chance, episode, findings);
    if (followed === undefined) return;
    gaps.push(followed.gap);
    rounding = Math.max(rounding, ROUNDING * followed.size);
  }
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / EPISODES;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / (EPISODES - 1);
  const allowed = STANDARD_ERRORS * Math.sqrt(variance / EPISODES) + rounding;
  if (Math.abs(mean) <= allowed) return;
  findings.add(
    'optimum-value',
    `optimum.act earns ${mean.toPrecision(3)} more than optimum.value says, on average over ${EPISODES} episodes at the discount factor ${optimum.discount}; expected within ±${allowed.toPrecision(3)}. Is it the value at this discount, from the state before the step on?`,
  );
}

/** What an episode earned more than its value, and the size of the numbers it came from; undefined if it cannot go on. */
function follow(
  probed: ProbedEnvironment,
  { discount, act, value }: Optimum,
  chance: Chance,
  episode: number,
  findings: Findings,
): { readonly gap: number; readonly size: number } | undefined {
  const random = chance(`optimum ${episode}`);
  const state = probed.reset(random);
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
    if (terminated) return { gap, size };
    if (weight < WEIGHT_LEFT) break;
  }
  const last = finiteValue();
  return last === undefined ? undefined : { gap: gap + weight * last, size: size + weight * Math.abs(last) };
}
