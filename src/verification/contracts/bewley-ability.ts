import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { number, seed } from './fields.ts';

/*
 * The exogenous side of the Bewley economy: ability and the superstar flag of N agents. Ability is (N) float32, the flag
 * (N) bool. Log ability of a normal agent follows log e′ = (1−ρ) log ē + ρ log e + σε; with `truncation` k it is held
 * within ē·exp(±k·s), s = σ/√(1−ρ²), and what would lie beyond is put on the bound. A star has `multiplier` times the mean
 * of normal ability without truncation, ē·exp(s²/2); one that falls draws from the stationary law of normal ability.
 *
 * The luck of an agent depends on the seed, its number, and how many agents there are: a seed that is asked about two
 * states or two processes gives the same ε to both.
 */

const process = z.object({
  rho: number,
  sigma: number,
  /** ē, in levels. */
  median: number,
  /** k, in stationary standard deviations of log ability; without it normal ability is not bounded. */
  truncation: number.optional(),
  star: z.object({ become: number, stay: number, multiplier: number }),
});

/** Mean 1, coefficient of variation 0.3 and bounds 0.3 and 3 (drawn again beyond); a start alone, without stars. */
const boundedLognormal = z.object({ rule: z.literal('bounded-lognormal') });

/** On mean·(1 ± spread). */
const uniform = z.object({ rule: z.literal('uniform'), mean: number, spread: number });

const initialAbility = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('stationary') }),
  boundedLognormal,
  uniform,
]);

const initialWealth = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('equal'), mean: number }),
  z.object({ rule: z.literal('lognormal'), mean: number, variation: number }),
  uniform,
]);

const count = z.int().positive();
const state = z.object({ ability: tensor, star: tensor });

export const bewleyAbilityStep = operation({
  name: 'bewley.abilityStep',
  summary:
    'two independent draws of the next period from one state, branches A and B; the state itself where ability is complete',
  input: z.object({ process, complete: z.boolean(), ability: tensor, star: tensor, seed }),
  output: z.object({ a: state, b: state }),
});

export const bewleyInitialAbility = operation({
  name: 'bewley.initialAbility',
  summary:
    'ability and stars of agents who have no past, (count) each: stationary (stars in their long-run share), or a start alone, without stars',
  input: z.object({ process, initial: initialAbility, count, seed }),
  output: state,
});

export const bewleyAbilityPath = operation({
  name: 'bewley.abilityPath',
  summary:
    'S periods as a training run takes them: from each state both branches, and one of them, chosen by a coin, as the next state',
  input: z.object({
    process,
    complete: z.boolean(),
    initial: initialAbility,
    count,
    steps: z.int().positive(),
    seed,
  }),
  output: z.object({
    /** The states, the initial one first: (S + 1, N). */
    committed: state,
    /** What was drawn from each state but the last: (S, N). */
    a: state,
    b: state,
    /** 0 where branch A was chosen, 1 for B: (S) int32. */
    chosen: tensor,
  }),
});

export const bewleyInitialWealth = operation({
  name: 'bewley.initialWealth',
  summary: 'wealth of agents who have no past: (count)',
  input: z.object({ initial: initialWealth, count, seed }),
  output: z.object({ wealth: tensor }),
});
