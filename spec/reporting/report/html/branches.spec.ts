import { expect, it } from 'vitest';
import type { Branch } from '../../../../src/reporting/report/html/branches.ts';
import { branchesOf } from '../../../../src/reporting/report/html/branches.ts';
import { item } from './example.ts';

type Names = readonly [id: string, follow: readonly Names[]];

function namesOf(branches: readonly Branch[]): readonly Names[] {
  return branches.map(({ item: { id }, follow }) => [id, namesOf(follow)]);
}

it('what follows stands behind its cause, once', () => {
  const items = [
    item({ id: 'a', consequences: ['b', 'c'] }),
    item({ id: 'b', consequences: ['c'] }),
    item({ id: 'c' }),
    item({ id: 'd', consequences: ['c', 'unknown'] }),
  ];
  expect(namesOf(branchesOf(items))).toEqual([
    ['a', [['b', [['c', []]]]]],
    ['d', []],
  ]);
});

it('nothing of a circle is lost', () => {
  const items = [item({ id: 'a', consequences: ['b'] }), item({ id: 'b', consequences: ['a'] })];
  expect(namesOf(branchesOf(items))).toEqual([['a', [['b', []]]]]);
});
