import fc from 'fast-check';
import { nkInnovations } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { hasType, same } from '../../src/verification/measurement.ts';

/** Antithetic draws come in exact pairs, and as many as were asked for. */
export const antithetic = law({
  id: 'nk/antithetic',
  statement:
    'n innovations are asked for and n come; they form exact ± pairs, with one draw of its own left when n is odd; no value comes twice.',
  formula: '#ε = n;  {ε} = {−ε} for even n, so that Σε = 0 exactly',
  guards: 'an odd count loses or doubles a draw, and every expectation is biased',
  suspects: 'the antithetic draws (src/models/nk/sampling.ts here)',
  oracle: 'symmetry',
  bound: 'none: a draw and its mirror differ in the sign bit alone',
  needs: [nkInnovations],
  coverage: [
    { label: 'odd count', minimumShare: 0.3, shows: ({ count }) => count % 2 === 1 },
    { label: 'even count', minimumShare: 0.3, shows: ({ count }) => count % 2 === 0 },
  ],
  cases: fc.record({ count: fc.integer({ min: 2, max: 41 }), seed: seeds }),
  async judge({ count, seed }, { call, floats }) {
    const { innovations } = await call(nkInnovations, { count, seed });
    const draws = [...innovations.data];
    const unpaired = draws.filter((draw) => !draws.some((other) => other === -draw)).length;
    const distinct = new Set(draws).size;
    return [
      hasType('innovations', innovations, floats, [count]),
      same('draws without a mirror image', String(unpaired), String(count % 2)),
      same('distinct draws', String(distinct), String(count)),
    ];
  },
});
