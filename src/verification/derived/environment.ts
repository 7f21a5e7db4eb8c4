import * as contract from '../contracts/index.ts';
import type { TensorValue } from '../tensor-value.ts';
import type { DerivedOperation } from './derived-operation.ts';
import { derived } from './derived-operation.ts';
import { withObject } from './with-object.ts';
import { rowsOf, stacked, vectorOf } from '../tensor-rows.ts';

/** An episode by way of an environment that the subject keeps. */
export const ENVIRONMENT_OPERATIONS: readonly DerivedOperation[] = [
  derived(
    contract.ppoEpisode,
    [contract.environmentCreate, contract.environmentStep],
    async (subject, { environment, discount, shaping, actions, seed }) => {
      const start = await subject.call(contract.environmentCreate, { environment, discount, shaping, seed });
      const states: TensorValue[] = [start.state];
      const potentials: number[] = [start.potential];
      const rewards: TensorValue[] = [];
      const ended: boolean[] = [];
      await withObject(subject, start.object, async (object) => {
        for (const action of rowsOf(actions)) {
          const step = await subject.call(contract.environmentStep, { object, action });
          states.push(step.state);
          potentials.push(step.potential);
          rewards.push(step.rewards);
          ended.push(step.terminated);
          if (step.terminated) break;
        }
      });
      return {
        states: stacked(states),
        potentials: vectorOf('float64', potentials),
        rewards: stacked(rewards),
        terminated: vectorOf('bool', ended.map(Number)),
      };
    },
  ),
];
