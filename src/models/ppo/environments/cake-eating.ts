import { z } from 'zod';
import type { Environment } from '../environment.ts';
import { InputError } from '../../../errors.ts';
import { inheritedDiscount } from './discount.ts';
import { at, uniformAround } from './row.ts';
import { timeLimit } from './time-limit.ts';

/*
 * A cake of size W, of which a share a is eaten in each step, and the rest grows: c = aW, W' = R (1 − a) W, utility
 * log c. The best share is 1 − β, whatever W and R; V = [log((1 − β) W) + β/(1 − β) · log(βR)]/(1 − β).
 *
 * The state is log W, which no appetite brings out of the range of single precision: it falls by a constant a step.
 * What keeps it of order 1 for the agent:
 * - R is 1/β unless given, so that the best policy keeps the cake as it is;
 * - a share between (1 − β)/100 and ten times 1 − β: a policy that begins in the middle of the two eats five times too
 *   much, and log W falls by about 4 (1 − β) a step. With (0, 1) it would fall by 0.7, and the best share would lie at
 *   the very edge of the squash;
 * - the observation is log W in units of a quarter of the furthest that it can fall in an episode;
 * - the reward is log c less log(1 − β), a constant that changes no policy: at the best it is log W.
 */

/** The smallest and the largest share that may be eaten, as multiples of the best. */
const SHARES = { lowest: 0.01, highest: 10 };
/** Of the whole cake: log 0 is no utility. */
const LARGEST_SHARE = 0.99;

const share = z.number().gt(0).lt(1).optional();

export const cakeEatingSettings = z.strictObject({
  name: z.literal('cake-eating'),
  grossReturn: z
    .number()
    .positive()
    .optional()
    .describe(
      'R, by which what is left grows; without it 1/β, so that the best policy keeps the cake as it is',
    ),
  lowest: share.describe('smallest share that can be eaten; without it (1 − β)/100'),
  highest: share.describe(
    'largest share that can be eaten; without it 10 (1 − β), or 0.99 where that is less',
  ),
  spread: z.number().nonnegative().default(1).describe('log W begins uniform on ± this'),
  timeLimit: timeLimit(100),
});

/**
 * How much of a cake to eat today.
 *
 * @throws InputError `environment-optimum` where the best share, 1 − β, cannot be eaten.
 */
export function cakeEating(settings: z.output<typeof cakeEatingSettings>, discount: number): Environment {
  const beta = inheritedDiscount('cake-eating', discount);
  const best = 1 - beta;
  const { grossReturn = 1 / beta, spread, timeLimit } = settings;
  const { lowest = SHARES.lowest * best, highest = Math.min(LARGEST_SHARE, SHARES.highest * best) } =
    settings;
  if (!(lowest < best && best < highest)) {
    throw new InputError({
      code: 'environment-optimum',
      what: 'the best share of cake-eating is beyond the bounds of the action',
      given: `a best share 1 − β of ${best}, and shares between ${lowest} and ${highest}`,
      expected: 'the best share between them',
      todo: 'set `lowest` and `highest` about it, or leave them out',
    });
  }
  const growth = Math.log(grossReturn);
  const furthest = timeLimit * Math.abs(growth + Math.log(1 - highest));
  const unit = Math.max(1, spread, furthest / 4);
  const logBest = Math.log(best);
  const level = ((beta / best) * Math.log(beta * grossReturn)) / best;
  return {
    name: 'cake-eating',
    summary: 'how much of a cake to eat today (log utility): the best share is 1 − β',
    observations: ['log cake'],
    actions: { kind: 'continuous', low: [lowest], high: [highest] },
    rewards: ['utility'],
    stateSize: 1,
    timeLimit,
    reset: (state, random) => {
      state[0] = uniformAround(random.uniform(), 0, spread);
    },
    observe: (state, observation) => {
      observation[0] = at(state, 0) / unit;
    },
    step: (state, action, rewards) => {
      const eaten = at(action, 0);
      const logCake = at(state, 0);
      rewards[0] = Math.log(eaten) + logCake - logBest;
      state[0] = growth + Math.log(1 - eaten) + logCake;
      return false;
    },
    optimum: {
      discount,
      summary: `eat 1 − β = ${Number(best.toPrecision(6))} of the cake`,
      act: (_state, action) => {
        action[0] = best;
      },
      value: (state) => at(state, 0) / best + level,
    },
  };
}
