import type { Environment, EnvironmentSettings } from '../../../../src/models/ppo/index.ts';
import { durotaxisKit, environmentOf, environmentSettings } from '../../../../src/models/ppo/index.ts';
import type { Stream } from '../../../../src/numerics/stream.ts';

/** An environment of ours from what a user writes. */
export function made(settings: object, discount = 0.99): Environment {
  return environmentOf({ durotaxis: durotaxisKit }, settingsOf(settings), discount);
}

export function settingsOf(settings: object): EnvironmentSettings {
  return environmentSettings.parse(settings);
}

/** The state that an episode begins in. */
export function begin(environment: Environment, random: Stream): Float32Array {
  const state = new Float32Array(environment.stateSize);
  environment.reset(state, random);
  return state;
}

/** One step: what it paid, all together and by component, and whether the task ended. The state is changed. */
export function stepOf(
  environment: Environment,
  state: Float32Array,
  action: ArrayLike<number>,
  random: Stream,
): { readonly reward: number; readonly rewards: Float32Array; readonly terminated: boolean } {
  const rewards = new Float32Array(environment.rewards.length).fill(Number.NaN);
  const terminated = environment.step(state, Float32Array.from(action), rewards, random);
  return { reward: rewards.reduce((sum, one) => sum + one, 0), rewards, terminated };
}

/** What the best policy does in a state. */
export function bestIn(environment: Environment, state: Float32Array): Float32Array {
  const length = environment.actions.kind === 'discrete' ? 1 : environment.actions.low.length;
  const action = new Float32Array(length);
  optimumOf(environment).act(state, action);
  return action;
}

export function optimumOf(environment: Environment) {
  const { optimum } = environment;
  if (optimum === undefined) throw new Error(`${environment.name} has no optimum`);
  return optimum;
}

/** What an agent sees of a state. */
export function seen(environment: Environment, state: Float32Array): Float32Array {
  const observation = new Float32Array(environment.observations.length);
  environment.observe(state, observation);
  return observation;
}
