import fc from 'fast-check';
import { ppoEpisode, ppoShapedRewards } from '../../src/verification/contracts/index.ts';
import { exactly, seeds } from '../../src/verification/generators.ts';
import type { Bench } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, same, worstOf } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { setting } from '../bewley/cases.ts';
import { flagsOf, ragged } from './cases.ts';
import { colonyAction } from './colonies.ts';

const STATES = 6;
const ACTIONS = 3;
/** Of value iteration: .9⁴⁰⁰ is 5e-19. */
const ITERATIONS = 400;
/** Half a unit in the last place of single precision, in which rewards and their sums are kept. */
const ROUNDOFF = 2 ** -24;

interface Case {
  readonly discount: number;
  readonly weight: number;
  readonly potentials: readonly number[];
  /** (S, A). */
  readonly rewards: readonly number[];
  /** (S, A): −1 where the task ends. */
  readonly next: readonly number[];
  /** Of a colony, (S, 5). */
  readonly actions: readonly (readonly number[])[];
  readonly initialNodes: number;
  readonly seed: number;
}

/** Shaping changes no best policy. */
export const shaping = law<Case>({
  id: 'ppo/shaping',
  statement:
    'Discounted shaping telescopes over an episode to the potential of its end less that of its start, whatever was done; with it, every action of a decision problem is worth what it was less the potential of its state, so that the best stay the best.',
  formula: 'Σ γᵏ F_k = w (γᴷ Φ(s_K) (1 − terminated) − Φ(s_0));  Q̃(s, a) = Q(s, a) − w Φ(s)',
  guards: 'shaping that pays in the end: an agent that is best at being shaped, and not at its task',
  suspects:
    'shaping (src/models/ppo/shaping.ts here): the discount, the end of the task, and what its sum with the reward goes through',
  oracle: 'identity',
  bound:
    'roundings of rewards to single precision, discounted: a reward that is off by ε moves the worth of actions by ε/(1 − γ)',
  needs: [ppoEpisode, ppoShapedRewards],
  budget: { runs: 20 },
  coverage: [{ label: 'a problem that can end', minimumShare: 0.5, shows: ({ next }) => next.includes(-1) }],
  cases: fc.record({
    discount: setting(0.5, 0.9),
    weight: fc.constantFrom(0.5, 1, 3),
    potentials: exactly(STATES, ragged(-2, 2)),
    rewards: exactly(STATES * ACTIONS, ragged(-1, 1)),
    next: exactly(STATES * ACTIONS, fc.integer({ min: -1, max: STATES - 1 })),
    actions: exactly(7, colonyAction),
    initialNodes: fc.constantFrom(3, 5, 7),
    seed: seeds,
  }),
  async judge(sample, bench) {
    return [...(await telescopes(sample, bench)), ...(await bestStayBest(sample, bench))];
  },
});

/** An episode of a colony, whose potential is how far it has come. */
async function telescopes(
  { discount, weight, actions, initialNodes, seed }: Case,
  { call }: Bench,
): Promise<readonly Measurement[]> {
  const { potentials, rewards, terminated } = await call(ppoEpisode, {
    // Some end: a colony of three to seven nodes grows to more than sixty in four steps at most.
    environment: { name: 'durotaxis', initialNodes, maximumNodes: 60 },
    discount,
    shaping: weight,
    actions: float32([actions.length, 5], actions.flat()),
    seed,
  });
  const [steps = 0, columns = 1] = rewards.shape;
  let [sum, size] = [0, 0];
  for (let step = 0; step < steps; step += 1) {
    const paid = rewards.data[step * columns + columns - 1] ?? NaN;
    sum += discount ** step * paid;
    size += discount ** step * Math.abs(paid);
  }
  const isOver = terminated.data[steps - 1] === 1;
  const end = isOver ? 0 : discount ** steps * (potentials.data[steps] ?? NaN);
  const start = potentials.data[0] ?? NaN;
  // A reward may also be made in single precision, of two potentials.
  const made =
    weight *
    Array.from(potentials.data).reduce((total, one, step) => total + 4 * discount ** step * Math.abs(one), 0);
  return [
    agree(
      'discounted shaping of an episode',
      sum,
      weight * (end - start),
      ROUNDOFF * (size + made),
      `${steps} steps`,
    ),
  ];
}

/** The worth of actions with and without, by value iteration. */
async function bestStayBest(
  { discount, weight, potentials, rewards, next }: Case,
  { call }: Bench,
): Promise<readonly Measurement[]> {
  const state = (at: number): number => Math.floor(at / ACTIONS);
  const before = rewards.map((_, at) => potentials[state(at)] ?? NaN);
  const after = next.map((to) => (to === -1 ? 0 : (potentials[to] ?? NaN)));
  const count = [rewards.length];
  const answer = await call(ppoShapedRewards, {
    rewards: float32(count, rewards),
    before: float32(count, before),
    after: float32(count, after),
    terminated: flagsOf(
      next.map((to) => to === -1),
      count,
    ),
    discount,
    weight,
  });
  const plain = worth(rewards, next, discount);
  const shaped = worth([...answer.rewards.data], next, discount);
  const largest = Math.max(
    ...rewards.map((reward, at) => {
      const terms = [reward, weight * (before[at] ?? NaN), weight * discount * (after[at] ?? NaN)];
      return terms.reduce((sum, term) => sum + Math.abs(term), 0);
    }),
  );
  // Products, their difference, its weight, and the sum: four roundings of what is no larger than all terms.
  const allowed = (4 * ROUNDOFF * largest) / (1 - discount);
  const values = plain.map((q, at) =>
    agree(
      'worth of an action',
      shaped[at] ?? NaN,
      q - weight * (before[at] ?? NaN),
      allowed,
      `state ${state(at)}, action ${at % ACTIONS}`,
    ),
  );
  const bests = Array.from({ length: STATES }, (_, one) => {
    const rank = (q: readonly number[]) => q.slice(one * ACTIONS, (one + 1) * ACTIONS);
    const [own, other] = [rank(plain), rank(shaped)];
    const best = own.indexOf(Math.max(...own));
    const gap = (own[best] ?? NaN) - Math.max(...own.filter((__, action) => action !== best));
    if (gap <= 2 * allowed) return same('best action', 'any', 'any', `state ${one}`);
    return same('best action', String(other.indexOf(Math.max(...other))), String(best), `state ${one}`);
  });
  return [worstOf(values), worstOf(bests)].filter((one) => one !== undefined);
}

/** Q of every state and action. */
function worth(rewards: readonly number[], next: readonly number[], discount: number): readonly number[] {
  let values: readonly number[] = new Array<number>(STATES).fill(0);
  let worths: readonly number[] = rewards;
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    const known = values;
    worths = rewards.map((reward, at) => {
      const to = next[at] ?? NaN;
      return reward + (to === -1 ? 0 : discount * (known[to] ?? NaN));
    });
    const current = worths;
    values = known.map((_, one) => Math.max(...current.slice(one * ACTIONS, (one + 1) * ACTIONS)));
  }
  return worths;
}
