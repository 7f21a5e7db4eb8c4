import fc from 'fast-check';
import { ppoTraining } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { same } from '../../src/verification/measurement.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import type { Table } from './tables.ts';
import { tableOf, tableSizes, weightsOf } from './tables.ts';

const ENVIRONMENTS = 3;
const STEPS = 10;
const EPOCHS = 5;
/** Large enough for a policy to leave the old one within the first epochs. */
const LEARNING_RATE = 0.02;
/** The mean over an epoch may be summed in any order, in double precision. */
const ROUNDING = 1e-12;

interface Case {
  readonly table: Table;
  readonly weights: TensorValue;
  readonly share: number;
  readonly seed: number;
}

const sizes = tableSizes({ hidden: [5], shared: false });

/** An update ends where the policy has gone too far. */
export const targetDivergence = law<Case>({
  id: 'ppo/target-divergence',
  statement:
    'An update ends after the first epoch whose mean divergence is beyond the target, whichever it is, and not before.',
  formula: 'epochs = min{e : k3_e > target}, or all',
  guards:
    'a target that is looked at once everything is over: the policy leaves its samples behind all the same',
  suspects:
    'the end of an update (src/models/ppo/epochs.ts here) and where it is asked (src/training/ppo/update.ts)',
  oracle: 'identity',
  bound: 'none, but for the rounding of a mean in double precision',
  needs: [ppoTraining],
  budget: { runs: 5, power: 3 },
  cases: fc.record({
    table: tableOf(fc.constant(7)),
    weights: weightsOf(sizes),
    share: fc.constantFrom(0.3, 0.7, 0.9),
    seed: seeds,
  }),
  async judge({ table, weights, share, seed }, { call }) {
    const run = async (target: object) => {
      const { updates } = await call(ppoTraining, {
        configuration: {
          environments: ENVIRONMENTS,
          rollout: STEPS,
          steps: ENVIRONMENTS * STEPS,
          epochs: EPOCHS,
          minibatch: STEPS,
          network: { hidden: [5], shared: false },
          optimiser: { learningRate: LEARNING_RATE },
          ...target,
        },
        table,
        weights,
        seed,
        updates: 1,
      });
      return divergences(updates[0]?.steps ?? []);
    };
    const free = await run({});
    // Of an epoch before the last, so that there is something to stop.
    const target = share * Math.max(...free.slice(0, -1));
    const all = same('epochs without a target', String(free.length), String(EPOCHS));
    if (!(target > 0)) return [all, same('divergence of an epoch', String(target), 'a number above 0')];
    return [all, ...judgeEpochs(await run({ targetKl: target }), target)];
  },
});

/** Mean k3 of each epoch. */
function divergences(steps: OutputOf<typeof ppoTraining>['updates'][number]['steps']): readonly number[] {
  const epochs = [...new Set(steps.map(({ epoch }) => epoch))];
  return epochs.map((epoch) => {
    const own = steps.filter((step) => step.epoch === epoch);
    return own.reduce((sum, { k3 }) => sum + k3 / own.length, 0);
  });
}

/** All epochs but the last are within the target, and the last is beyond it, unless all were taken. */
function judgeEpochs(epochs: readonly number[], target: number): readonly Measurement[] {
  const last = epochs.at(-1) ?? Number.NaN;
  return [
    ...epochs.slice(0, -1).map((divergence, epoch) => ({
      quantity: 'divergence of an epoch after which another came',
      measured: divergence,
      allowed: target * (1 + ROUNDING),
      at: `epoch ${epoch}`,
    })),
    epochs.length === EPOCHS
      ? same('epochs', String(epochs.length), String(EPOCHS))
      : {
          quantity: 'target, where the update ended early',
          measured: target,
          allowed: last * (1 + ROUNDING),
          at: `epoch ${epochs.length - 1}`,
        },
  ];
}
