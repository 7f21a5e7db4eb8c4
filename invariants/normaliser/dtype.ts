import fc from 'fast-check';
import { normaliserTransform } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { hasType, same } from '../../src/verification/measurement.ts';
import { batchShapes, settings, statisticsOf, statisticsShapeOf, tensorOf } from './cases.ts';

/** Batch, output and statistics have one dtype. */
export const dtype = law({
  id: 'normaliser/dtype',
  statement:
    'The output has dtype and shape of the batch, and the statistics have its dtype and keep their shape.',
  formula: 'dtype(z) = dtype(m′) = dtype(v′) = dtype(x),  shape(z) = shape(x)',
  guards:
    'a statistic of another dtype: integers truncate the mean, doubles widen every input and with it the network',
  suspects: 'buffers made from integer literals or from float64 counters; a cast on update or on load',
  oracle: 'identity',
  bound: 'none: dtypes and shapes are equal or not; numbers are finite or not',
  needs: [normaliserTransform],
  budget: { runs: 15 },
  coverage: [
    {
      label: 'statistics for each agent',
      minimumShare: 0.15,
      shows: ({ settings: { scope } }) => scope === 'per-agent',
    },
  ],
  cases: fc.tuple(batchShapes, settings, fc.boolean()).chain(([shape, chosen, update]) =>
    fc.record({
      settings: fc.constant(chosen),
      update: fc.constant(update),
      statistics: statisticsOf(statisticsShapeOf(shape, chosen.scope)),
      batch: tensorOf(shape, between(-40, 40)),
    }),
  ),
  async judge({ settings: chosen, statistics, batch, update }, { call, floats }) {
    const answer = await call(normaliserTransform, { settings: chosen, statistics, batch, update });
    const shape = statistics.mean.shape;
    const values = [answer.normalised, answer.statistics.mean, answer.statistics.variance];
    const lost = values.flatMap(({ data }) => [...data]).filter((value) => !Number.isFinite(value));
    return [
      hasType('the output', answer.normalised, floats, batch.shape),
      hasType('the mean', answer.statistics.mean, floats, shape),
      hasType('the variance', answer.statistics.variance, floats, shape),
      same('numbers that are not finite', String(lost.length), '0'),
    ];
  },
});
