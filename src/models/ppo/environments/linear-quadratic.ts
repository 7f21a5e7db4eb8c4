import { z } from 'zod';
import type { Environment } from '../environment.ts';
import { inheritedDiscount } from './discount.ts';
import { applied, diagonal, quadratic, trace } from './matrices.ts';
import { discountedRiccati } from './riccati.ts';
import { at, uniformAround } from './row.ts';
import { timeLimit } from './time-limit.ts';

/*
 * The defaults: a position that velocity moves, both fading by a tenth a step, and a force on the velocity. At γ = .99
 * the best control costs 11.9 from a random start, of which 5.9 are noise that nobody can control away; none at all
 * costs 61. Rewards of the first are about 1, so they are not scaled.
 */

const vector = z.array(z.number()).min(1);
const matrix = z.array(vector).min(1);

export const linearQuadraticSettings = z
  .strictObject({
    name: z.literal('linear-quadratic'),
    transition: matrix
      .default([
        [0.9, 0.3],
        [0, 0.9],
      ])
      .describe('A of x′ = Ax + Bu + σε, by rows'),
    control: matrix.default([[0], [0.5]]).describe('B, by rows'),
    stateCost: z
      .array(z.number().nonnegative())
      .min(1)
      .default([1, 1])
      .describe('diagonal of Q; the reward is −(xᵀQx + uᵀRu)'),
    controlCost: z.array(z.number().positive()).min(1).default([0.5]).describe('diagonal of R'),
    noise: z.number().nonnegative().default(0.1).describe('standard deviation σ of each number of the noise'),
    spread: z
      .number()
      .nonnegative()
      .default(1)
      .describe('each number of x begins uniform on ± √3 times this'),
    timeLimit: timeLimit(200),
  })
  .refine(
    ({ transition, control, stateCost, controlCost }) =>
      stateCost.length === transition.length &&
      control.length === transition.length &&
      transition.every((row) => row.length === transition.length) &&
      control.every((row) => row.length === controlCost.length),
    'A is (n, n), B (n, m), Q has n numbers and R has m',
  );

/**
 * A linear system with noise, and a quadratic cost of state and control, which is the reward with its sign turned.
 *
 * @throws InputError `riccati-diverges` for a system that its control cannot stabilise.
 */
export function linearQuadratic(
  settings: z.output<typeof linearQuadraticSettings>,
  discount: number,
): Environment {
  const { transition, control, noise, spread, timeLimit } = settings;
  const gamma = inheritedDiscount('linear-quadratic', discount);
  const [stateCost, controlCost] = [diagonal(settings.stateCost), diagonal(settings.controlCost)];
  const { cost, gain } = discountedRiccati({ transition, control, stateCost, controlCost }, gamma);
  const noiseCost = (gamma / (1 - gamma)) * noise * noise * trace(cost);
  return {
    name: 'linear-quadratic',
    summary:
      'a linear system is held at 0 at a quadratic cost: the best control is that of the Riccati equation',
    observations: transition.map((_, i) => `x${i + 1}`),
    actions: {
      kind: 'continuous',
      low: settings.controlCost.map(() => Number.NEGATIVE_INFINITY),
      high: settings.controlCost.map(() => Number.POSITIVE_INFINITY),
    },
    rewards: ['cost'],
    stateSize: transition.length,
    timeLimit,
    reset: (state, random) => {
      // Uniform with this standard deviation: a normal start would now and then cost a hundred times the usual.
      for (let i = 0; i < state.length; i += 1)
        state[i] = uniformAround(random.uniform(), 0, Math.sqrt(3) * spread);
    },
    observe: (state, observation) => {
      observation.set(state);
    },
    step: (state, action, rewards, random) => {
      const [x, u] = [[...state], [...action]];
      rewards[0] = -(quadratic(stateCost, x) + quadratic(controlCost, u));
      const moved = applied(transition, x);
      const steered = applied(control, u);
      for (let i = 0; i < state.length; i += 1)
        state[i] = at(moved, i) + at(steered, i) + noise * random.normal();
      return false;
    },
    optimum: {
      discount,
      hasZero: true,
      summary: `u = −Kx, K = ${JSON.stringify(gain.map((row) => row.map((one) => Number(one.toPrecision(6)))))}`,
      act: (state, action) => {
        action.set(applied(gain, [...state]).map((one) => -one));
      },
      value: (state) => -(quadratic(cost, [...state]) + noiseCost),
    },
  };
}
