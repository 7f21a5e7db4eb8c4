import fc from 'fast-check';
import type { RunningError } from '../../src/numerics/running-error.ts';
import { ppoTraining } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, same, worstOf } from '../../src/verification/measurement.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { exactRow, rowAt } from './cases.ts';
import type { NetworkSizes } from './oracle/network.ts';
import { networkOf } from './oracle/network.ts';
import type { Table } from './tables.ts';
import { networks, stateSeen, TABLE, tableOf, tableSizes, weightsOf } from './tables.ts';

const ENVIRONMENTS = 3;
const STEPS = 14;

interface Case {
  readonly sizes: NetworkSizes;
  readonly table: Table;
  readonly weights: TensorValue;
  readonly seed: number;
}

type Rollout = OutputOf<typeof ppoTraining>['updates'][number]['rollout'];

/** Time running out is no end of the task. */
export const timeLimit = law<Case>({
  id: 'ppo/time-limit',
  statement:
    'An episode is terminated where the task ends, truncated where time runs out before, and never both; the value after a step is that of the state it led to, also where the next episode begins at once.',
  formula:
    'terminated = end;  truncated = (t = limit) ∧ ¬end;  V′ = V(s′), not 0 and not V of the next start',
  guards:
    'an agent that is told that surviving to the limit is death, and whose values fall with the time limit',
  suspects:
    'how steps end (src/models/ppo/time-limit.ts here) and what comes after a cut (src/training/ppo/rollout.ts)',
  oracle: 'derivation',
  bound: 'none for flags; running error analysis of the network for values',
  needs: [ppoTraining],
  budget: { runs: 10, power: 5 },
  coverage: [
    { label: 'shared layers', minimumShare: 0.25, shows: ({ sizes }) => sizes.shared },
    {
      label: 'ends of the task',
      minimumShare: 0.6,
      shows: ({ table }) => table.next.data.includes(-1),
    },
  ],
  cases: networks.chain((network) => {
    const sizes = tableSizes(network);
    return fc.record({
      sizes: fc.constant(sizes),
      table: tableOf(fc.constantFrom(2, 3, 5)),
      weights: weightsOf(sizes),
      seed: seeds,
    });
  }),
  async judge({ sizes, table, weights, seed }, { call, arithmetic }) {
    const samples = ENVIRONMENTS * STEPS;
    const { hidden, shared } = sizes;
    const { updates } = await call(ppoTraining, {
      configuration: {
        environments: ENVIRONMENTS,
        rollout: STEPS,
        steps: samples,
        epochs: 1,
        minibatch: samples,
        network: { hidden, shared },
      },
      table,
      weights,
      seed,
      updates: 1,
    });
    const rollout = updates[0]?.rollout;
    if (rollout === undefined) return [same('updates', String(updates.length), '1')];
    const network = networkOf(arithmetic, sizes, exactRow(arithmetic, weights.data));
    const valuesAt = Array.from(
      { length: TABLE.states },
      (_, state) => network(exactRow(arithmetic, rowAt(table.observations, state))).values,
    );
    return judgeRollout(rollout, table, valuesAt);
  },
});

function judgeRollout(
  rollout: Rollout,
  table: Table,
  valuesAt: readonly (readonly ReturnType<RunningError['exact']>[])[],
): readonly Measurement[] {
  const measured: Measurement[] = [];
  const values: Measurement[] = [];
  const elapsed = new Uint8Array(ENVIRONMENTS);
  for (let row = 0; row < STEPS * ENVIRONMENTS; row += 1) {
    const at = `step ${Math.floor(row / ENVIRONMENTS)}, environment ${row % ENVIRONMENTS}`;
    const index = row % ENVIRONMENTS;
    const state = stateSeen(rowAt(rollout.observations, row));
    const action = rowAt(rollout.actions, row).indexOf(1);
    const next = table.next.data[state * TABLE.actions + action] ?? Number.NaN;
    const time = (elapsed[index] ?? 0) + 1;
    const isOver = next === -1;
    const isCut = !isOver && time === table.timeLimit;
    elapsed[index] = isOver || isCut ? 0 : time;
    measured.push(
      same('terminated', String(rollout.terminated.data[row]), String(Number(isOver)), at),
      same('truncated', String(rollout.truncated.data[row]), String(Number(isCut)), at),
    );
    const after = row + ENVIRONMENTS;
    if (!isOver && !isCut && after < STEPS * ENVIRONMENTS)
      measured.push(
        same('state after', String(stateSeen(rowAt(rollout.observations, after))), String(next), at),
      );
    const judge = (quantity: string, got: readonly number[], of: number): void => {
      for (const [component, expected] of (valuesAt[of] ?? []).entries())
        values.push(agree(quantity, got[component] ?? NaN, expected.value, expected.bound, at));
    };
    judge('value', rowAt(rollout.values, row), state);
    if (!isOver) judge(isCut ? 'value after a cut' : 'value after', rowAt(rollout.nextValues, row), next);
  }
  const worst = [worstOf(measured), worstOf(values)];
  return worst.filter((one) => one !== undefined);
}
