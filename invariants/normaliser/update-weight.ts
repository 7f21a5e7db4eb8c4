import fc from 'fast-check';
import { normaliserTransform } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, same } from '../../src/verification/measurement.ts';
import { sizeOf } from '../../src/verification/tensor-value.ts';
import { at, batchShapes, settings, statisticsOf, statisticsShapeOf, tensorOf } from './cases.ts';
import { blended, columnsOf, momentsOf } from './oracle/recursion.ts';

/** Single precision counts no further by ones. */
const LAST_FLOAT32 = 2 ** 24;

const cases = fc.tuple(batchShapes, settings).chain(([shape, chosen]) =>
  fc.record({
    settings: fc.constant(chosen),
    count: fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: LAST_FLOAT32, max: 2 ** 40 })),
    statistics: statisticsOf(statisticsShapeOf(shape, chosen.scope)),
    batch: tensorOf(shape, between(-20, 20)),
  }),
);

/** A batch weighs the same at every count, and counts as one. */
export const updateWeight = law({
  id: 'normaliser/update-weight',
  statement:
    'Whatever the number of batches before, a batch moves the mean by 1−ρ of its distance, and is counted.',
  formula: 'm′ = m + (1−ρ)(μ_b − m),  count′ = count + 1,  for counts from 1 to 2⁴⁰',
  guards:
    'a long run behaves unlike a short one: the weight of a batch fades with the count, or the count stops at 2²⁴ and the weight with it',
  suspects: 'a count kept in a float32 tensor; a weight made from the count',
  oracle: 'derivation',
  bound: 'forward error of the batch mean and of one update; counts are equal or not',
  needs: [normaliserTransform],
  budget: { runs: 40 },
  coverage: [
    { label: 'a count beyond 2²⁴', minimumShare: 0.25, shows: ({ count }) => count >= LAST_FLOAT32 },
  ],
  cases,
  async judge({ settings: chosen, count, statistics, batch }, { call, arithmetic }) {
    const answer = await call(normaliserTransform, {
      settings: chosen,
      statistics: { ...statistics, count },
      batch,
      update: true,
    });
    const { exact } = arithmetic;
    const oracle = columnsOf(arithmetic, batch, sizeOf(statistics.mean.shape)).map((column, index) => {
      const past = {
        mean: exact(at(statistics.mean, index)),
        variance: exact(at(statistics.variance, index)),
      };
      return blended(arithmetic, past, momentsOf(arithmetic, column), chosen.momentum).mean;
    });
    return [
      same('count after the batch', String(answer.statistics.count), String(count + 1)),
      agreesWithOracle(
        'mean after the batch',
        answer.statistics.mean,
        oracle,
        (index) => `statistic ${index}, count ${count}`,
      ),
    ];
  },
});
