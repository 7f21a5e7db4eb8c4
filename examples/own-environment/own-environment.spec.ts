import { checkEnvironment } from 'plumbline';
import { expect, test } from 'vitest';
import { pendulum } from './pendulum.ts';

test('our pendulum keeps to what a trainer relies on', () => {
  expect(checkEnvironment(pendulum)).toEqual([]);
});

test('a reward that is forgotten is found', () => {
  const forgetful = { ...pendulum, rewards: ['upright', 'effort', 'style'] };
  expect(checkEnvironment(forgetful).map(({ sentence }) => sentence)).toEqual([
    'step leaves the reward "style" unwritten, or writes NaN; every component is to be written in every step, 0 where there is none.',
  ]);
});
