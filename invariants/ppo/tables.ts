import fc from 'fast-check';
import { between, exactly } from '../../src/verification/generators.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { tensorOf } from './cases.ts';
import type { NetworkSizes } from './oracle/network.ts';
import { weightCount } from './oracle/network.ts';

/** A task as a table: what the agent sees of states, where actions lead (−1: the task ends), and what they pay. */
export interface Table {
  readonly observations: TensorValue;
  readonly next: TensorValue;
  readonly rewards: TensorValue;
  readonly timeLimit: number | null;
}

/** States, actions, components of the reward, numbers of an observation: pairwise different. */
export const TABLE = { states: 6, actions: 5, rewards: 2, observations: 3 } as const;

/** One action in ten ends the task. Each state is seen as a row of its own: the first number is that of the state. */
export function tableOf(timeLimit: fc.Arbitrary<number | null>): fc.Arbitrary<Table> {
  const { states, actions, rewards, observations } = TABLE;
  const destination = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: states - 1 }) },
    { weight: 1, arbitrary: fc.constant(-1) },
  );
  return fc
    .record({
      seen: tensorOf([states, observations], between(-1, 1)),
      next: exactly(states * actions, destination),
      rewards: tensorOf([states, actions, rewards], between(-2, 2)),
      timeLimit,
    })
    .map(({ seen, next, ...rest }) => ({
      ...rest,
      observations: float32(
        seen.shape,
        seen.data.map((x, at) => (at % observations === 0 ? at / observations / 2 - 1 : x)),
      ),
      next: { dtype: 'int32' as const, shape: [states, actions], data: Int32Array.from(next) },
    }));
}

/** Which state an observation is of. */
export function stateSeen(observation: readonly number[]): number {
  return 2 * ((observation[0] ?? Number.NaN) + 1);
}

/** Sizes of the networks on a table. */
export function tableSizes(network: Pick<NetworkSizes, 'hidden' | 'shared'>): NetworkSizes {
  const { observations, actions, rewards } = TABLE;
  return { observations, actions, rewards, kind: 'discrete', ...network };
}

/** Weights (P) of an order that leaves no unit saturated. */
export function weightsOf(sizes: NetworkSizes): fc.Arbitrary<TensorValue> {
  return tensorOf([weightCount(sizes)], between(-0.75, 0.75));
}

/** A hidden layer or two of small networks. */
export const networks = fc.record({
  hidden: fc.constantFrom([5] as const, [6, 3] as const),
  shared: fc.boolean(),
});
