import type { Environment } from '../models/ppo/index.ts';
import type { ppoTraining } from '../verification/contracts/index.ts';
import type { InputOf } from '../verification/operation.ts';
import type { TensorValue } from '../verification/tensor-value.ts';

type Table = NonNullable<InputOf<typeof ppoTraining>['table']>;

/** A task that is given as a table: the state is its number. */
export function tabular({ observations, next, rewards, timeLimit }: Table): Environment {
  const [states = 0, actions = 0, components = 0] = rewards.shape;
  const [, seen = 0] = observations.shape;
  const row = ({ data }: TensorValue, index: number, width: number) =>
    data.subarray(index * width, (index + 1) * width);
  return {
    name: 'table',
    summary: 'a task that is given as a table',
    observations: names('number', seen),
    actions: { kind: 'discrete', count: actions },
    rewards: names('component', components),
    stateSize: 1,
    timeLimit: timeLimit ?? Infinity,
    reset: (state, random) => {
      state[0] = random.integer(0, states - 1);
    },
    observe: (state, observation) => {
      observation.set(row(observations, state[0] ?? NaN, seen));
    },
    step: (state, action, paid) => {
      const taken = (state[0] ?? NaN) * actions + (action[0] ?? NaN);
      paid.set(row(rewards, taken, components));
      const after = next.data[taken] ?? NaN;
      if (after !== -1) state[0] = after;
      return after === -1;
    },
  };
}

function names(what: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${what} ${index}`);
}
