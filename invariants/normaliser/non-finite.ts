import fc from 'fast-check';
import { normaliserTransform } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { same } from '../../src/verification/measurement.ts';
import { float32, sizeOf } from '../../src/verification/tensor-value.ts';
import { at, batchShapes, settings, statisticsOf, statisticsShapeOf, tensorOf } from './cases.ts';

const cases = fc.tuple(batchShapes, settings).chain(([shape, chosen]) =>
  fc.record({
    settings: fc.constant(chosen),
    statistics: statisticsOf(statisticsShapeOf(shape, chosen.scope)),
    batch: tensorOf(shape, between(-40, 40)),
    where: fc.nat({ max: sizeOf(shape) - 1 }),
  }),
);

/** What is not a number does not become one. */
export const nonFinite = law({
  id: 'normaliser/non-finite',
  statement:
    'A NaN in the batch comes out as NaN, and no other element does; if the batch updates, the statistic that it enters is NaN too.',
  formula: 'x_i = NaN  ⇒  z_i = NaN, z_j finite for j ≠ i;  with update also m′, v′ of that statistic',
  guards:
    'a dead state is fed to the network as an ordinary input at the clip: the loss stays finite, and nobody sees that the run is lost',
  suspects:
    'the clip: minimum and maximum that compare and select (the kernel of wasm takes NaN for −clip), or a NaN replaced on purpose',
  oracle: 'identity',
  bound: 'none: a value is NaN or not',
  needs: [normaliserTransform],
  budget: { runs: 15 },
  cases,
  async judge({ settings: chosen, statistics, batch, where }, { call }) {
    const values = Array.from(batch.data, (value, index) => (index === where ? Number.NaN : value));
    const poisoned = float32(batch.shape, values);
    const request = { settings: chosen, statistics, batch: poisoned };
    const still = await call(normaliserTransform, { ...request, update: false });
    const updated = await call(normaliserTransform, { ...request, update: true });
    const column = where % statistics.mean.data.length;
    return [
      same('elements that are NaN, without update', notNumbers(still.normalised.data), String(where)),
      same(
        'the element that is NaN, with update',
        String(at(updated.normalised, where)),
        'NaN',
        `element ${where}`,
      ),
      same('means that are NaN, with update', notNumbers(updated.statistics.mean.data), String(column)),
      same(
        'variances that are NaN, with update',
        notNumbers(updated.statistics.variance.data),
        String(column),
      ),
    ];
  },
});

function notNumbers(data: ArrayLike<number>): string {
  return Array.from(data, (value, index) => (Number.isNaN(value) ? [index] : []))
    .flat()
    .join(', ');
}
