import { z } from 'zod';
import type { Environment } from '../environment.ts';
import { InputError } from '../../../errors.ts';
import { inheritedDiscount } from './discount.ts';
import { at, uniformAround } from './row.ts';
import { timeLimit } from './time-limit.ts';

/*
 * Brock and Mirman (1972) with log utility, Cobb–Douglas output and full depreciation (Sargent, "Dynamic Macroeconomic
 * Theory", §1.7, has the solution):
 *   y = z k^α,  c = (1 − s) y,  k' = s y,  log z' = ρ log z + σ ε,  utility log c.
 * The best s is αβ, whatever k and z. The state is (log k, log z).
 *
 * The reward is log c less its value at the golden rule (s = α, z = 1), a constant that changes no policy: the value
 * is then of order 1 and not of order 1/(1 − β).
 */

/** Nobody saves all or nothing: log 0 is no utility. The squash would come to both bounds by rounding. */
const SAVINGS_BOUNDS = { low: 0.01, high: 0.99 };

export const brockMirmanSettings = z.strictObject({
  name: z.literal('brock-mirman'),
  alpha: z.number().min(0.02).max(0.98).default(0.36).describe('capital share α'),
  rho: z.number().min(0).lt(1).default(0.9).describe('persistence ρ of log productivity'),
  sigma: z.number().nonnegative().default(0.04).describe('standard deviation σ of its innovation'),
  spread: z
    .number()
    .nonnegative()
    .default(0.5)
    .describe('log capital begins uniform on that of the golden rule ± this'),
  timeLimit: timeLimit(100),
});

/**
 * How much of output to save, in an economy with uncertain productivity.
 *
 * @throws InputError `environment-optimum` where αβ is beyond what can be saved.
 */
export function brockMirman(
  { alpha, rho, sigma, spread, timeLimit }: z.output<typeof brockMirmanSettings>,
  discount: number,
): Environment {
  const beta = inheritedDiscount('brock-mirman', discount);
  const best = alpha * beta;
  if (best < SAVINGS_BOUNDS.low) {
    throw new InputError({
      code: 'environment-optimum',
      what: 'the best savings rate of brock-mirman is beyond the bounds of the action',
      given: `a capital share of ${alpha} and a discount factor of ${beta}, whose product is ${best}`,
      expected: `a product of ${SAVINGS_BOUNDS.low} at least`,
    });
  }
  const goldenCapital = Math.log(alpha) / (1 - alpha);
  const goldenUtility = Math.log(1 - alpha) + alpha * goldenCapital;
  const stationary = sigma / Math.sqrt(1 - rho * rho);
  // V = level + onCapital · log k + onProductivity · log z, by undetermined coefficients.
  const onCapital = alpha / (1 - best);
  const onProductivity = 1 / ((1 - best) * (1 - beta * rho));
  const level = (Math.log(1 - best) + (best / (1 - best)) * Math.log(best) - goldenUtility) / (1 - beta);
  return {
    name: 'brock-mirman',
    summary: 'how much of output to save (log utility, full depreciation): the best savings rate is αβ',
    observations: ['log capital', 'log productivity'],
    actions: { kind: 'continuous', low: [SAVINGS_BOUNDS.low], high: [SAVINGS_BOUNDS.high] },
    rewards: ['utility'],
    stateSize: 2,
    timeLimit,
    reset: (state, random) => {
      state[0] = uniformAround(random.uniform(), goldenCapital, spread);
      state[1] = stationary * random.normal();
    },
    // Over the golden rule's, and in stationary standard deviations: of order 1.
    observe: (state, observation) => {
      observation[0] = at(state, 0) - goldenCapital;
      observation[1] = stationary === 0 ? 0 : at(state, 1) / stationary;
    },
    step: (state, action, rewards, random) => {
      const savings = at(action, 0);
      const logOutput = at(state, 1) + alpha * at(state, 0);
      rewards[0] = Math.log(1 - savings) + logOutput - goldenUtility;
      state[0] = Math.log(savings) + logOutput;
      state[1] = rho * at(state, 1) + sigma * random.normal();
      return false;
    },
    optimum: {
      discount,
      summary: `save αβ = ${Number(best.toPrecision(6))} of output`,
      act: (_state, action) => {
        action[0] = best;
      },
      value: (state) => level + onCapital * at(state, 0) + onProductivity * at(state, 1),
    },
  };
}
