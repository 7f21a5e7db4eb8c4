import fc from 'fast-check';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { normaliserTransform } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle } from '../../src/verification/measurement.ts';
import { sizeOf } from '../../src/verification/tensor-value.ts';
import { at, batchAbout, batchShapes, settings, statisticsOf, statisticsShapeOf } from './cases.ts';
import { deviationOf } from './oracle/recursion.ts';

const cases = fc.tuple(batchShapes, settings).chain(([shape, chosen]) =>
  statisticsOf(statisticsShapeOf(shape, chosen.scope)).chain((statistics) =>
    fc.record({
      settings: fc.constant(chosen),
      statistics: fc.constant(statistics),
      batch: batchAbout(statistics, shape),
    }),
  ),
);

/** What comes out is the clipped quotient, and the share that was clipped. */
export const output = law({
  id: 'normaliser/output',
  statement:
    'A batch is normalised by mean and deviation of its statistics, with the ε, the floor and the clip that are declared, and the share that was clipped is reported.',
  formula: 'z = max(−c, min(c, (x − m)/max(√(v + ε), floor))),  share = #{|z| > c}/n',
  guards:
    'a constant that is not the one in the configuration: inputs of ±30 to ±100 for a feature that hardly varies',
  suspects:
    'the transformation (src/nn/running-normaliser.ts here): ε under the root, the floor on the deviation, the clip, and which agent is normalised by which statistic',
  oracle: 'derivation',
  bound: 'forward error of the quotient; elements within their error of the clip may count as clipped or not',
  needs: [normaliserTransform],
  budget: { runs: 40 },
  coverage: [
    {
      label: 'a floor above √ε',
      minimumShare: 0.2,
      shows: ({ settings: { epsilon, floor } }) => floor ** 2 > 2 * epsilon,
    },
    {
      label: 'a feature without variance',
      minimumShare: 0.3,
      shows: ({ statistics }) => statistics.variance.data.some((value) => value < 1e-5),
    },
    {
      label: 'statistics for each agent',
      minimumShare: 0.25,
      shows: ({ settings: { scope } }) => scope === 'per-agent',
    },
  ],
  cases,
  async judge({ settings: chosen, statistics, batch }, { call, arithmetic }) {
    const answer = await call(normaliserTransform, { settings: chosen, statistics, batch, update: false });
    const columns = sizeOf(statistics.mean.shape);
    const { exact, sub, div, max, min, rounded, neg, mean } = arithmetic;
    const deviations = Array.from(statistics.variance.data, (value) =>
      deviationOf(arithmetic, exact(value), chosen),
    );
    const quotients = Array.from(batch.data, (value, index): Bounded => {
      const centred = sub(exact(value), exact(at(statistics.mean, index % columns)));
      return div(centred, deviations[index % columns] ?? exact(Number.NaN));
    });
    const bound = rounded(chosen.clip);
    const clipped = quotients.map((z) => max(min(z, bound), neg(bound)));
    const surely = quotients.filter(({ value, bound: error }) => Math.abs(value) - error > chosen.clip);
    const perhaps = quotients.filter(({ value, bound: error }) => Math.abs(value) + error >= chosen.clip);
    const least = surely.length / quotients.length;
    const most = perhaps.length / quotients.length;
    return [
      agreesWithOracle('normalised value', answer.normalised, clipped, (index) => `element ${index}`),
      {
        quantity: 'clipped share',
        measured: Math.max(least - answer.clippedShare, answer.clippedShare - most, 0),
        // The share is a mean of zeros and ones.
        allowed: mean(quotients.map(() => exact(1))).bound,
        expected: least === most ? String(least) : `${least} to ${most}`,
        got: String(answer.clippedShare),
      },
    ];
  },
});
