import fc from 'fast-check';
import { ppoTraining } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import type { Table } from './tables.ts';
import { tableOf, tableSizes, weightsOf } from './tables.ts';

const ENVIRONMENTS = 3;
const STEPS = 15;
const SAMPLES = ENVIRONMENTS * STEPS;
const MINIBATCH = 15;
const EPOCHS = 3;

/**
 * Of a random order, places that are their own number, and places after the one before: k of them or more are there with a
 * chance of 1/k! at most (there are at most n!/(k!(n − k)!) ways to choose them, and (n − k)! orders for each).
 */
const MOST = 12;

interface Case {
  readonly table: Table;
  readonly weights: TensorValue;
  readonly seed: number;
}

const sizes = tableSizes({ hidden: [5], shared: true });

/** Every epoch takes every sample once, in an order of its own. */
export const minibatches = law<Case>({
  id: 'ppo/minibatches',
  statement:
    'Every epoch takes each sample of the update once, in a random order that is another in each epoch.',
  formula: 'rows of an epoch are a random permutation of 0 … n − 1',
  guards:
    'minibatches of neighbours in time, the same in every epoch: gradients that are correlated, and samples that never meet',
  suspects:
    'how epochs are cut (src/models/ppo/epochs.ts here) and their random streams (src/training/ppo/update.ts)',
  oracle: 'statistic',
  bound:
    'a random order has more than 12 fixed or successive places, or as many in common with another, with a chance below 1/13! = 1.7e-10 each; an order that is not shuffled has all 45',
  needs: [ppoTraining],
  budget: { runs: 5, power: 2 },
  cases: fc.record({ table: tableOf(fc.constant(7)), weights: weightsOf(sizes), seed: seeds }),
  async judge({ table, weights, seed }, { call }) {
    const { updates } = await call(ppoTraining, {
      configuration: {
        environments: ENVIRONMENTS,
        rollout: STEPS,
        steps: SAMPLES,
        epochs: EPOCHS,
        minibatch: MINIBATCH,
        network: { hidden: [5], shared: true },
      },
      table,
      weights,
      seed,
      updates: 1,
    });
    const steps = updates[0]?.steps ?? [];
    const orders = Array.from({ length: EPOCHS }, (_, epoch) =>
      steps.filter((step) => step.epoch === epoch).flatMap(({ rows }) => [...rows.data]),
    );
    const common = (one: readonly number[], other: readonly number[]): number =>
      one.filter((row, place) => row === other[place]).length;
    const few = (quantity: string, measured: number, at: string) => ({
      quantity,
      measured,
      allowed: MOST,
      at,
    });
    return orders.flatMap((order, epoch) => {
      const sorted = [...order].sort((a, b) => a - b);
      const at = `epoch ${epoch}`;
      return [
        same(
          'rows, in order',
          sorted.join(' '),
          Array.from({ length: SAMPLES }, (_, row) => row).join(' '),
          at,
        ),
        few('rows at their own place', order.filter((row, place) => row === place).length, at),
        few(
          'rows after the one before',
          order.filter((row, place) => row - 1 === order[place - 1]).length,
          at,
        ),
        ...orders
          .slice(0, epoch)
          .map((other, before) =>
            few(`rows at the place that they had in epoch ${before}`, common(order, other), at),
          ),
      ];
    });
  },
});
