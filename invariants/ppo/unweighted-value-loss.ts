import fc from 'fast-check';
import { ppoTraining } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import type { NetworkSizes } from './oracle/network.ts';
import type { Table } from './tables.ts';
import { networks, tableOf, tableSizes, weightsOf } from './tables.ts';

const ENVIRONMENTS = 3;
const STEPS = 7;

/** What the weight of the value loss is part of: the loss that is differentiated, its gradient, and the step made of it. */
function isWeighted(name: string): boolean {
  return name === 'losses/total' || name === 'first/weight_change' || name.startsWith('gradient/');
}

interface Case {
  readonly sizes: NetworkSizes;
  readonly table: Table;
  readonly weights: TensorValue;
  readonly weight: number;
  readonly seed: number;
}

/** Losses are told without their weights. */
export const unweightedValueLoss = law<Case>({
  id: 'ppo/unweighted-value-loss',
  statement:
    'Half the weight of the value loss changes nothing that the log says of the first gradient step, but the loss that is differentiated, its gradient and the length of the step.',
  formula: 'log(c_v/2) = log(c_v), but for losses/total, gradient/… and first/weight_change',
  guards: 'a weight is halved, the printed loss halves with it, and it is taken for a cure',
  suspects:
    'the row of the log (src/training/ppo/log-row.ts here) and what runs are compared by (unweighted in the kit)',
  oracle: 'identity',
  bound: 'none: the same numbers, bit for bit',
  needs: [ppoTraining],
  budget: { runs: 6, power: 2 },
  cases: networks.chain((network) => {
    const sizes = tableSizes(network);
    return fc.record({
      sizes: fc.constant(sizes),
      table: tableOf(fc.constant(5)),
      weights: weightsOf(sizes),
      weight: fc.constantFrom(0.5, 1, 3),
      seed: seeds,
    });
  }),
  async judge({ sizes: { hidden, shared }, table, weights, weight, seed }, { call }) {
    const samples = ENVIRONMENTS * STEPS;
    const logAt = async (of: number) => {
      const { updates } = await call(ppoTraining, {
        configuration: {
          environments: ENVIRONMENTS,
          rollout: STEPS,
          steps: samples,
          epochs: 1,
          minibatch: samples,
          network: { hidden, shared },
          value: { weight: of },
        },
        table,
        weights,
        seed,
        updates: 1,
      });
      return updates[0]?.log ?? {};
    };
    const [whole, half] = [await logAt(weight), await logAt(weight / 2)];
    const names = [...new Set([...Object.keys(whole), ...Object.keys(half)])].filter(
      (name) => !isWeighted(name),
    );
    const told = names.filter((name) => name.includes('loss')).length;
    return [
      same('losses that the log has', told > 0 ? 'some' : 'none', 'some'),
      ...names.map((name) => ({
        // NaN is equal to nothing.
        ...same(name, String(half[name]), String(whole[name])),
        measured: half[name] === whole[name] ? 0 : 1,
      })),
    ];
  },
});
