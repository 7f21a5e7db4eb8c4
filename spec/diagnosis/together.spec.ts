import { expect, test } from 'vitest';
import { checklistNamed } from '../../src/diagnosis/index.ts';
import { judgeRun } from '../../src/diagnosis/judge-run.ts';
import { judgedTogether } from '../../src/diagnosis/together.ts';
import { runOf } from './run-of.ts';

const GENERAL = checklistNamed('general');
const FALLING = Array.from({ length: 30 }, (_, step) => 0.9 ** step);
const GROWING = [...FALLING, ...FALLING.map((_, step) => 10 * (step + 1))];

const judged = (id: string, loss: readonly number[], config: Readonly<Record<string, unknown>>) => {
  const run = runOf({ loss }, config);
  return judgeRun({ ...run, head: { ...run.head, id } }, GENERAL, '2026-01-01');
};

test('seeds of one configuration are told together, what most show first', () => {
  const groups = judgedTogether([
    judged('a', GROWING, { lr: 1, seed: 1 }),
    judged('b', FALLING, { seed: 2, lr: 1 }),
    judged('c', GROWING, { lr: 1, seed: 3 }),
    judged('other', GROWING, { lr: 2, seed: 1 }),
    judged('bare', GROWING, {}),
  ]);
  expect(groups).toHaveLength(1);
  expect(groups[0]?.runs).toEqual(['a', 'b', 'c']);
  expect(groups[0]?.findings[0]).toMatchObject({
    check: 'general/divergence',
    severity: 'sick',
    runs: ['a', 'c'],
  });
});
