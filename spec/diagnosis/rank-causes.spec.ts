import { expect, test } from 'vitest';
import type { Check } from '../../src/diagnosis/index.ts';
import type { Cause, FoundOutcome } from '../../src/diagnosis/outcome.ts';
import { rankCauses } from '../../src/diagnosis/rank-causes.ts';

const RUN = { firstStep: 0, lastStep: 100 };

function found(
  id: string,
  after: number,
  about: Partial<Pick<Check, 'faults' | 'leadsTo'>> & { severity?: 'sick' | 'suspect' } = {},
): FoundOutcome {
  const { severity = 'sick', faults = [], leadsTo = [] } = about;
  const check: Check = {
    id,
    title: id,
    severity,
    needs: {},
    limits: {},
    why: '',
    advice: '',
    faults,
    laws: [],
    leadsTo,
    judge: () => [],
  };
  const finding = { check: id, severity, what: id, onset: { after, by: after + 1 }, evidence: [] };
  return { check, isRequired: false, state: 'found', severity, findings: [finding], faults, laws: [] };
}

const told = (causes: readonly Cause[]): unknown =>
  causes.map(({ outcome, consequences }) => [outcome.check.id, told(consequences)]);

test('what follows stands under its cause', () => {
  const causes = rankCauses(RUN, [found('labour', 40), found('capital', 10, { leadsTo: ['labour'] })]);
  expect(told(causes)).toEqual([['capital', [['labour', []]]]]);
});

test('nothing that began clearly later is a cause', () => {
  const causes = rankCauses(RUN, [found('labour', 10), found('capital', 60, { leadsTo: ['labour'] })]);
  expect(causes).toHaveLength(2);
});

test('of two that may lead to each other the earlier is the cause', () => {
  const pair = (first: number, second: number) =>
    told(rankCauses(RUN, [found('a', first, { leadsTo: ['b'] }), found('b', second, { leadsTo: ['a'] })]));
  expect(pair(10, 20)).toEqual([['a', [['b', []]]]]);
  expect(pair(20, 10)).toEqual([['b', [['a', []]]]]);
});

test('nothing is lost in a circle', () => {
  const circle = [
    found('a', 10, { leadsTo: ['b'] }),
    found('b', 10, { leadsTo: ['c'] }),
    found('c', 10, { leadsTo: ['a'] }),
  ];
  expect(JSON.stringify(told(rankCauses(RUN, circle))).match(/[abc]/g)).toHaveLength(3);
});

test('the worse comes first, and of equal ones that which leaves fewer causes', () => {
  const causes = rankCauses(RUN, [
    found('suspect', 0, { severity: 'suspect', faults: ['x'] }),
    found('vague', 0, { faults: ['x', 'y', 'z'] }),
    found('sharp', 50, { faults: ['x'] }),
  ]);
  expect(causes.map(({ outcome }) => outcome.check.id)).toEqual(['sharp', 'vague', 'suspect']);
});
