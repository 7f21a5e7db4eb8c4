import { describe, expect, test } from 'vitest';
import { parseChecklist } from '../../src/diagnosis/checklist.ts';
import { judgeRun } from '../../src/diagnosis/judge-run.ts';
import { runOf } from './run-of.ts';

const parse = (files: Readonly<Record<string, string>>) =>
  parseChecklist('mine', (name) => ({ file: `${name}.yaml`, text: files[name] ?? '' }));

const FALLING = Array.from({ length: 30 }, (_, step) => 0.9 ** step);

describe('a checklist', () => {
  test('has the checks, limits and required ones of those that it includes', () => {
    const { checks } = parse({
      base: 'summary: base\nchecks: [general/*]\nrequired: [general/non-finite]',
      mine: 'summary: mine\ninclude: [base]\nadjust: { general/divergence: { limits: { factor: 3 }, severity: suspect } }',
    });
    const divergence = checks.find(({ check }) => check.id === 'general/divergence');
    expect(divergence).toMatchObject({
      severity: 'suspect',
      limits: { factor: 3, first: 1 },
      isRequired: false,
    });
    expect(checks.find(({ check }) => check.id === 'general/non-finite')?.isRequired).toBe(true);
  });

  test.each([
    ['a check that there is not', 'checks: [general/divergance]', 'perhaps general/divergence'],
    [
      'a limit that it has not',
      'adjust: { general/divergence: { limits: { factr: 3 } } }',
      'one of factor, first',
    ],
    ['a key that it has not', 'requird: []', 'required'],
    ['a suppression without a reason', 'suppress: [{ check: general/plateau }]', 'reason'],
    ['a circle', 'include: [mine]', 'mine includes mine'],
    ['a condition on no metric', 'own: { a/b: { title: t, wrong: 1 > 2 } }', 'it names no metric'],
    ['a metric that there is not', 'own: { a/b: { title: t, wrong: labor < 1 } }', 'perhaps labour'],
    [
      'a call of anything else',
      'own: { a/b: { title: t, wrong: import(labour) } }',
      'there is no function import',
    ],
    [
      'code',
      'own: { a/b: { title: t, wrong: "labour.constructor > 1" } }',
      'nothing that a condition may hold',
    ],
  ])('is refused with %s, in one error that says what to write', (_what, yaml, message) => {
    expect(() => parse({ mine: `summary: mine\n${yaml}` })).toThrow(message);
  });
});

describe('a check of one’s own', () => {
  const { checks } = parse({
    mine: `summary: mine
own:
  ours/floor:
    title: households hardly work
    wrong: labour < 0.1 and capital_labour < first(capital_labour) / 10
    for: 3
required: [ours/floor]`,
  });
  const list = { name: 'mine', summary: '', choose: [], checks, aliases: [], suppressions: [] };

  test('is found where its condition holds for so many rows', () => {
    const run = runOf({ labour: [0.9, 0.05, 0.05, 0.05], 'capital-labour': [6, 0.5, 0.4, 0.3] });
    const { verdict, causes } = judgeRun(run, list, '2026-01-01');
    expect(verdict).toBe('sick');
    expect(causes[0]?.outcome.findings[0].onset).toEqual({ after: 0, by: 1 });
  });

  test('passes where it does not, and is not checked without its metrics', () => {
    const right = runOf({ labour: [0.9, 0.05, 0.9, 0.05], 'capital-labour': [6, 0.5, 0.4, 0.3] });
    expect(judgeRun(right, list, '2026-01-01').verdict).toBe('healthy');
    const { verdict, reason } = judgeRun(runOf({ labour: [1, 1, 1] }), list, '2026-01-01');
    expect([verdict, reason]).toEqual(['not-judged', expect.stringContaining('needs capital-labour (tried')]);
  });
});

describe('a suppression', () => {
  const listUntil = (until: string) =>
    parse({
      mine: `summary: mine
required: [general/divergence]
suppress: [{ check: general/divergence, reason: known, until: ${until} }]`,
    });
  const run = runOf({ loss: [...FALLING, ...FALLING.toReversed().map((value) => 30 * value)] });

  test('holds until its day, and is told', () => {
    const { verdict, outcomes } = judgeRun(run, listUntil('2026-06-30'), '2026-06-30');
    expect(verdict).toBe('healthy');
    expect(outcomes).toMatchObject([{ state: 'suppressed', reason: 'known' }]);
  });

  test('no longer holds the day after', () => {
    expect(judgeRun(run, listUntil('2026-06-30'), '2026-07-01').verdict).toBe('sick');
  });
});
