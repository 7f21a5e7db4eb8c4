import { z } from 'zod';
import type { Environment } from '../environment.ts';
import { at, uniformAround } from './row.ts';
import { timeLimit } from './time-limit.ts';

/*
 * The pole on a cart of Barto, Sutton and Anderson (1983), with the constants of Gymnasium's CartPole-v1, which keeps
 * the state in double precision and shows it in single. Here the state itself is single. That moves each step by 1e-7
 * of it, which an agent that watches the pole corrects; only a blind list of actions ends elsewhere in the end, since
 * an unwatched pole falls away e-fold every quarter of a second.
 */

/** m/s². */
const GRAVITY = 9.8;
/** kg. */
const CART_MASS = 1;
/** kg. */
const POLE_MASS = 0.1;
/** m: half the length of the pole, from its joint to its centre of mass. */
const HALF_LENGTH = 0.5;
/** N, to the left or to the right. */
const FORCE = 10;
/** s. */
const STEP = 0.02;
/** rad: 12 degrees. */
const ANGLE_LIMIT = (12 * Math.PI) / 180;
/** m. */
const POSITION_LIMIT = 2.4;
/** Of each number of the first state. */
const INITIAL_SPREAD = 0.05;

export const cartPoleSettings = z.strictObject({
  name: z.literal('cart-pole'),
  timeLimit: timeLimit(500),
});

/** CartPole-v1: push a cart left (0) or right (1), so that the pole on it stays upright. */
export function cartPole({ timeLimit }: z.output<typeof cartPoleSettings>): Environment {
  return {
    name: 'cart-pole',
    summary: 'a pole on a cart is kept upright by pushing the cart: Gymnasium’s CartPole-v1',
    observations: ['position', 'velocity', 'angle', 'angular velocity'],
    actions: { kind: 'discrete', count: 2 },
    rewards: ['upright'],
    stateSize: 4,
    timeLimit,
    reset: (state, random) => {
      for (let i = 0; i < 4; i += 1) state[i] = uniformAround(random.uniform(), 0, INITIAL_SPREAD);
    },
    observe: (state, observation) => {
      observation.set(state);
    },
    step: (state, action, rewards) => {
      push(state, action[0] === 1 ? FORCE : -FORCE);
      // The step in which the pole falls pays too.
      rewards[0] = 1;
      return Math.abs(at(state, 0)) > POSITION_LIMIT || Math.abs(at(state, 2)) > ANGLE_LIMIT;
    },
  };
}

/** One explicit Euler step: positions move at the velocities from before it. */
function push(state: Float32Array, force: number): void {
  const [position, velocity, angle, spin] = [at(state, 0), at(state, 1), at(state, 2), at(state, 3)];
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const mass = CART_MASS + POLE_MASS;
  // Florian (2007), "Correct equations for the dynamics of the cart-pole system", without friction: (23) and (24).
  const pushed = (force + POLE_MASS * HALF_LENGTH * spin * spin * sine) / mass;
  const turning =
    (GRAVITY * sine - cosine * pushed) / (HALF_LENGTH * (4 / 3 - (POLE_MASS * cosine * cosine) / mass));
  const acceleration = pushed - (POLE_MASS * HALF_LENGTH * turning * cosine) / mass;
  state[0] = position + STEP * velocity;
  state[1] = velocity + STEP * acceleration;
  state[2] = angle + STEP * spin;
  state[3] = spin + STEP * turning;
}
