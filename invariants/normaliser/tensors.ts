import fc from 'fast-check';
import { normaliserRun } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { notAnswered } from '../../src/verification/measurement.ts';
import { batchShapes, settings, tensorOf } from './cases.ts';

/** A normaliser keeps as many tensors after every batch as after the first. */
export const tensors = law({
  id: 'normaliser/tensors',
  statement: 'The number of living tensors is the same after every batch as after the first.',
  formula: 'tensors(t) = tensors(1), exactly',
  guards: 'statistics of every batch are kept, by a list or by a graph that reaches back through them all',
  suspects: 'statistics that are replaced and not disposed of; statistics that are not detached',
  oracle: 'identity',
  bound: 'none: tensors are counted',
  needs: [normaliserRun],
  budget: { runs: 15 },
  cases: fc
    .tuple(batchShapes, fc.integer({ min: 3, max: 6 }))
    .chain(([shape, steps]) => fc.record({ settings, batches: tensorOf([steps, ...shape], between(-2, 2)) })),
  async judge({ settings: chosen, batches }, { call }) {
    const { tensors: alive } = await call(normaliserRun, { settings: chosen, batches, from: null });
    const [first = Number.NaN, ...later] = alive.data;
    if (alive.data.every((count) => count === 0)) return [notAnswered('tensors alive')];
    return [
      {
        quantity: 'batches at which tensors were counted',
        measured: Math.abs(alive.data.length - (batches.shape[0] ?? 0)),
        allowed: 0,
      },
      ...later.map((count, index) => ({
        quantity: 'growth of living tensors',
        measured: Math.abs(count - first),
        allowed: 0,
        at: `from batch 1 to batch ${index + 2}`,
        expected: String(first),
        got: String(count),
      })),
    ];
  },
});
