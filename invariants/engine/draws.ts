import fc from 'fast-check';
import { streamOf } from '../../src/numerics/stream.ts';
import { engineDraws } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { bitEqual } from '../../src/verification/measurement.ts';

/** One seed draws the same integers on every engine. */
export const draws = law({
  id: 'engine/draws',
  statement:
    'The integers that a seed draws are the same on every engine, bit for bit, over the whole range asked for.',
  formula: 'draws(seed, engine) = draws(seed)',
  guards:
    'engines that shuffle or sample differently: runs on two engines diverge for a reason that is not arithmetic; integers made from float32 miss values above 2²⁴',
  suspects:
    'a generator of the engine (randomUniform, multinomial) where the random streams of the host belong',
  oracle: 'engine',
  bound: 'none: integers are equal or not',
  needs: [engineDraws],
  coverage: [{ label: 'a range above 2²⁴', minimumShare: 0.3, shows: ({ high }) => high > 2 ** 24 }],
  cases: fc.record({
    seed: seeds,
    count: fc.integer({ min: 5, max: 40 }),
    low: fc.integer({ min: -10, max: 0 }),
    high: fc.oneof(fc.integer({ min: 3, max: 1_000 }), fc.integer({ min: 2 ** 25, max: 2 ** 30 })),
  }),
  async judge({ seed, count, low, high }, { call }) {
    const { integers } = await call(engineDraws, { seed, count, low, high });
    const stream = streamOf(seed);
    const expected = Int32Array.from({ length: count }, () => stream.integer(low, high));
    return [
      bitEqual(
        'integers drawn',
        integers,
        { dtype: 'int32', shape: [count], data: expected },
        (index) => `draw ${index}`,
      ),
    ];
  },
});
