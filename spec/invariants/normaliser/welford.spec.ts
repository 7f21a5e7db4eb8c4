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
  'normaliser/tensors',
];

/** … and by its nature does not follow data that shifts. */
const BROKEN = ['normaliser/recursion', 'normaliser/update-weight', 'normaliser/adapts'];

const laws = LAWS.filter(({ id }) => id.startsWith('normaliser/'));
const seeds = [1, 2, 3];

describe('a Welford normaliser, written by somebody else on plain arrays', () => {
  test('is judged by every law of normalisers', () => {
    expect([...OBEYED, ...BROKEN].sort()).toEqual(laws.map(({ id }) => id).sort());
  });

  test.each(laws.filter(({ id }) => OBEYED.includes(id)))('obeys $id', async (law) => {
    for (const seed of seeds) {
      const { verdict, worst } = await checkLaw(law, welfordSubject(), { runs: 40, seed });
      expect({ verdict, worst }).toMatchObject({ verdict: 'holds' });
    }
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
