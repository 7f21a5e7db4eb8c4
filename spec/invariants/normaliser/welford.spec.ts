import { describe, expect, test } from 'vitest';
import { LAWS } from '../../../invariants/index.ts';
import { checkLaw } from '../../../src/verification/check-law.ts';
import { checkControl } from '../../../src/verification/controls.ts';
import { welfordSubject } from './welford.ts';

/** A mean over all the past is right for data that does not change … */
const OBEYED = [
  'normaliser/output',
  'normaliser/bounded',
  'normaliser/cancellation',
  'normaliser/constant-batch',
  'normaliser/stationary',
  'normaliser/pooled-deviation',
  'normaliser/gradient',
  'normaliser/dtype',
  'normaliser/non-finite',
  'normaliser/no-update',
  'normaliser/empty',
  'normaliser/save-load',
];

/** … and by its nature does not follow data that shifts. */
/** It counts no tensors: nothing is said of whether it leaks. */
const UNTOLD = ['normaliser/tensors'];
const BROKEN = ['normaliser/recursion', 'normaliser/update-weight', 'normaliser/adapts'];

const laws = LAWS.filter(({ id }) => id.startsWith('normaliser/'));
const seeds = [1, 2, 3];

describe('a Welford normaliser, written by somebody else on plain arrays', () => {
  test('is judged by every law of normalisers', () => {
    expect([...OBEYED, ...UNTOLD, ...BROKEN].sort()).toEqual(laws.map(({ id }) => id).sort());
  });

  test.each(laws.filter(({ id }) => OBEYED.includes(id)))('obeys $id', async (law) => {
    for (const seed of seeds) {
      const { verdict, worst } = await checkLaw(law, welfordSubject(), { runs: 40, seed });
      expect({ verdict, worst }).toMatchObject({ verdict: 'holds' });
    }
  });

  test.each(laws.filter(({ id }) => UNTOLD.includes(id)))('is told nothing by $id', async (law) => {
    const { verdict, reason } = await checkLaw(law, welfordSubject(), { runs: 5, seed: 1 });
    expect({ verdict, reason }).toEqual({
      verdict: 'inconclusive',
      reason: 'tensors alive: the subject answers none; all else was judged',
    });
  });

  test.each(laws.filter(({ id }) => BROKEN.includes(id)))('is rejected by $id', async (law) => {
    for (const seed of seeds) {
      const { verdict } = await checkLaw(law, welfordSubject(), { runs: 20, seed, firstViolation: true });
      expect(verdict).toBe('violated');
    }
  });

  test.each(laws)('known bad, is rejected by $id at the first case', async (law) => {
    for (const seed of seeds) {
      const { verdict } = await checkControl(law, welfordSubject(), { runs: 1, seed });
      expect(verdict).toBe('violated');
    }
  });
});
