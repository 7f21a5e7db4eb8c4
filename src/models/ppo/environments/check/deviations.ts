import type { Optimum } from '../../environment.ts';
import { drawAction } from './agent.ts';
import type { Chance } from './behaviour.ts';
import type { Findings } from './findings.ts';
import type { ProbedEnvironment } from './probed.ts';

/** States in which each deviation is tried, and how many are. */
const STATES = 50;
const DEVIATIONS = 12;
/** Parts of the way from the best action to another one. */
const PARTS = [1, 0.1];
/** Standard errors by which a deviation must win: t of 49 exceeds them with a chance of 1e-7, in each of 24 tries. */
const STANDARD_ERRORS = 6;
/** Of the value: single precision, and what it loses in the state. */
const ROUNDING = 2 ** -16;

/**
 * Bellman's test: to deviate from the best policy once, and to follow it from then on, must not earn more. Both are
 * tried with the same chance, in states on the way of the best policy.
 */
export function checkDeviations(
  probed: ProbedEnvironment,
  optimum: Optimum,
  chance: Chance,
  findings: Findings,
): void {
  const states = Array.from({ length: STATES }, (_, i) => stateOnTheWay(probed, optimum, chance, i));
  const { actions } = probed.environment;
  const count = actions.kind === 'discrete' ? Math.min(actions.count, DEVIATIONS) : DEVIATIONS;
  for (let which = 0; which < count; which += 1) {
    const other = probed.action();
    if (actions.kind === 'discrete') other[0] = which;
    else drawAction(actions, other, chance(`deviation ${which}`));
    for (const part of actions.kind === 'discrete' ? [1] : PARTS) {
      const gains = states.map((state, i) => {
        const best = bestIn(probed, optimum, state);
        const deviating = best.map((one, k) => one + part * ((other[k] ?? Number.NaN) - one));
        const label = `deviation from ${i}`;
        const [followed, deviated] = [best, deviating].map((action) =>
          worth(probed, optimum, state, action, chance(label)),
        );
        return (deviated ?? Number.NaN) - (followed ?? Number.NaN);
      });
      const size = Math.max(...states.map((state) => Math.abs(optimum.value(state.slice()))));
      judge(gains, ROUNDING * (1 + size), other, part, findings);
    }
  }
}

function judge(
  gains: readonly number[],
  rounding: number,
  other: Float32Array,
  part: number,
  findings: Findings,
): void {
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / STATES;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (STATES - 1);
  if (!(mean > STANDARD_ERRORS * Math.sqrt(variance / STATES) + rounding)) return;
  findings.add(
    'optimum-beaten',
    `to go once ${part === 1 ? 'all' : `${part} of`} the way from optimum.act to the action ${[...other].map((one) => one.toPrecision(3)).join(', ')} earns ${mean.toPrecision(3)} more; expected nothing to be better than the best.`,
  );
}

/** r + γ V(s′), where V of an end is 0. */
function worth(
  probed: ProbedEnvironment,
  { discount, value }: Optimum,
  from: Float32Array,
  action: Float32Array,
  random: ReturnType<Chance>,
): number {
  const state = from.slice();
  const { rewards, terminated } = probed.step(state, action, random);
  return rewards.reduce((sum, reward) => sum + reward, 0) + (terminated ? 0 : discount * value(state));
}

/** The state after up to four steps of the best policy from a new beginning, none of which has ended the task. */
function stateOnTheWay(
  probed: ProbedEnvironment,
  optimum: Optimum,
  chance: Chance,
  which: number,
): Float32Array {
  const random = chance(`on the way ${which}`);
  let state = probed.reset(random);
  for (let step = 0; step < Math.min(which % 5, probed.environment.timeLimit - 1); step += 1) {
    const next = state.slice();
    if (probed.step(next, bestIn(probed, optimum, state), random).terminated) break;
    state = next;
  }
  return state;
}

function bestIn(probed: ProbedEnvironment, { act }: Optimum, state: Float32Array): Float32Array {
  const action = probed.action();
  act(state.slice(), action);
  return action;
}
