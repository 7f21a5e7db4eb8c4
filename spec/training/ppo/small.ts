import type { Environment, PpoConfiguration, PpoKit } from '../../../src/models/ppo/index.ts';
import { openEnvironment, parsePpoConfiguration, ppoKit } from '../../../src/models/ppo/index.ts';
import type { PpoRun, PpoTraining } from '../../../src/training/index.ts';
import { trainPpo } from '../../../src/training/index.ts';

/** A configuration that takes milliseconds an update, for what does not need to learn: 6 samples, 2 minibatches. */
export function tiny(settings: Record<string, unknown> = {}): PpoConfiguration {
  return parsePpoConfiguration({
    environments: 2,
    rollout: 3,
    minibatch: 3,
    epochs: 2,
    steps: 60,
    network: { hidden: [4] },
    ...settings,
  });
}

/** Everything that has state between updates, on an environment whose episodes are cut off and end. */
export const STATEFUL = {
  environment: { name: 'cart-pole', timeLimit: 7 },
  observations: { normalisation: 'running' },
  returns: { normalisation: 'popart' },
};

/** A run on the environment that is configured, or on another. */
export async function train(
  configuration: PpoConfiguration,
  { kit = ppoKit, environment, ...more }: Partial<Omit<PpoTraining, 'configuration'>> = {},
): Promise<PpoRun> {
  const configured = environment ?? (await configuredIn(configuration, kit));
  return trainPpo({ kit, configuration, environment: configured, seed: 1, ...more });
}

export function configuredIn(configuration: PpoConfiguration, kit: PpoKit = ppoKit): Promise<Environment> {
  return openEnvironment(kit, configuration.environment, configuration.discount);
}

/** One step and the reward is what was seen, in two parts; the second has a constant beside it. */
export const twoParts: Environment = {
  name: 'two-parts',
  summary: 'a reward of two components',
  observations: ['sign'],
  actions: { kind: 'discrete', count: 2 },
  rewards: ['first', 'second'],
  stateSize: 1,
  timeLimit: Infinity,
  reset: (state, random) => {
    state[0] = random.uniform() < 0.5 ? -1 : 1;
  },
  observe: (state, observation) => {
    observation[0] = state[0] ?? Number.NaN;
  },
  step: (state, action, rewards) => {
    const sign = state[0] ?? Number.NaN;
    rewards[0] = 0.25 * sign;
    rewards[1] = 0.5 * sign + (action[0] === 1 ? 1 : 0);
    return true;
  },
};
