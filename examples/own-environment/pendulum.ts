import type { Environment } from 'plumbline';

/** A pendulum is swung up and held there by a torque: the constants of Gymnasium's Pendulum-v1. */
export const pendulum: Environment = {
  name: 'pendulum',
  summary: 'a pendulum is swung up and held there by a torque',
  observations: ['cosine', 'sine', 'angular velocity'],
  actions: { kind: 'continuous', low: [-2], high: [2] },
  rewards: ['upright', 'effort'],
  stateSize: 2,
  timeLimit: 200,
  reset: (state, random) => {
    state.set([Math.PI * (2 * random.uniform() - 1), 2 * random.uniform() - 1]);
  },
  observe: ([angle = 0, velocity = 0], observation) => {
    observation.set([Math.cos(angle), Math.sin(angle), velocity]);
  },
  step: (state, [torque = 0], rewards) => {
    const [angle = 0, velocity = 0] = state;
    const fromTop = Math.atan2(Math.sin(angle), Math.cos(angle));
    rewards.set([-(fromTop ** 2 + 0.1 * velocity ** 2), -0.001 * torque ** 2]);
    const faster = velocity + 0.05 * (15 * Math.sin(angle) + 3 * torque);
    const limited = Math.max(-8, Math.min(8, faster));
    state.set([fromTop + 0.05 * limited, limited]);
    return false;
  },
};
