import { checkLaw, LAWS } from 'plumbline';
import { holdToLaws } from 'plumbline/vitest';
import { expect, test } from 'vitest';
import * as model from './model.ts';
import { ownSubject } from './subject.ts';

const OURS = ['nk/coefficients', 'nk/residuals', 'nk/transition'];

// One test a law, in our own suite.
holdToLaws(
  'our own New Keynesian model',
  LAWS.filter(({ id }) => OURS.includes(id)),
  () => ownSubject(),
);

test('a sign flipped in our model is caught', async () => {
  const flipped = {
    ...model,
    residuals: (...[p, zeta, now, expected]: Parameters<typeof model.residuals>) =>
      model.residuals(p, -zeta, now, expected),
  };
  const [law] = LAWS.filter(({ id }) => id === 'nk/residuals');
  if (law === undefined) throw new Error('the law nk/residuals is gone');
  expect((await checkLaw(law, ownSubject(flipped), { runs: 100, seed: 1 })).verdict).toBe('violated');
});
