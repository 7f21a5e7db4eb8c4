import fc from 'fast-check';
import { normaliserEmpty, normaliserTransform } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { heldAs } from '../../src/verification/tensor-value.ts';
import { bitEqual, same } from '../../src/verification/measurement.ts';
import { batchShapes, settings, statisticsOf, statisticsShapeOf, tensorOf } from './cases.ts';

/** A batch that must not update changes nothing. */
export const noUpdate = law({
  id: 'normaliser/no-update',
  statement: 'A batch that is told not to update leaves mean, variance and count as they were, bit for bit.',
  formula: 'update = false  ⇒  (m, v, count)′ ≡ (m, v, count)',
  guards:
    'evaluation moves the statistics: two evaluations in turn differ, and a run that is evaluated is another run',
  suspects:
    'the flag on its way to the statistics: a default of true, or a mode that is set once and not restored',
  oracle: 'identity',
  bound: 'none: bits are equal or not',
  needs: [normaliserTransform],
  budget: { runs: 20 },
  cases: fc.tuple(batchShapes, settings).chain(([shape, chosen]) =>
    fc.record({
      settings: fc.constant(chosen),
      statistics: statisticsOf(statisticsShapeOf(shape, chosen.scope)),
      batch: tensorOf(shape, between(-40, 40)),
    }),
  ),
  async judge({ settings: chosen, statistics, batch }, { call, floats }) {
    const answer = await call(normaliserTransform, { settings: chosen, statistics, batch, update: false });
    return [
      bitEqual('mean', answer.statistics.mean, heldAs(floats, statistics.mean)),
      bitEqual('variance', answer.statistics.variance, heldAs(floats, statistics.variance)),
      same('count', String(answer.statistics.count), String(statistics.count)),
    ];
  },
});

/** Without statistics there is nothing to normalise by. */
export const empty = law({
  id: 'normaliser/empty',
  statement:
    'A normaliser that has seen no batch refuses to transform one that does not update it, and says why.',
  formula: 'count = 0, update = false  ⇒  error',
  guards:
    'an evaluation or a resumed run is fed raw inputs, or inputs normalised by mean 0 and variance 1, and nobody is told',
  suspects: 'initial values of mean and variance that pass for statistics; a load that is missing',
  oracle: 'identity',
  bound: 'none: it refuses or not',
  needs: [normaliserEmpty],
  budget: { runs: 10 },
  cases: batchShapes.chain((shape) => fc.record({ settings, batch: tensorOf(shape, between(-40, 40)) })),
  async judge({ settings: chosen, batch }, { call }) {
    const { refused, message } = await call(normaliserEmpty, { settings: chosen, batch });
    return [
      same('transforming without statistics', refused ? 'refused' : 'answered', 'refused'),
      same('a message', message.trim() === '' ? 'none' : 'some', 'some'),
    ];
  },
});
