import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LAWS } from '../../../invariants/index.ts';
import { lawPlaces } from '../../../src/cli/gate/law-place.ts';

test('every law has a place, whose line names it', () => {
  const placeOf = lawPlaces();
  const wrong = LAWS.filter(({ id }) => {
    const { file = '', line = 0 } = placeOf(id) ?? {};
    return file === '' || readFileSync(file, 'utf8').split('\n')[line - 1]?.includes(`'${id}'`) !== true;
  });
  expect(wrong.map(({ id }) => id)).toEqual([]);
  expect(placeOf('nk/no-such-law')).toBeUndefined();
});
