import { describe, expect, test } from 'vitest';
import { FAULTS, LAWS } from '../../invariants/index.ts';
import { CHECKLIST_NAMES, checklistNamed, CHECKS } from '../../src/diagnosis/index.ts';
import { METRICS } from '../../src/runs/index.ts';

const LAW_IDS = new Set(LAWS.map(({ id }) => id));
const CHECK_IDS = new Set(CHECKS.map(({ id }) => id));
const METRIC_NAMES = new Set(METRICS.map(({ name }) => name));
const FAULT_OF = new Map(FAULTS.map((fault) => [fault.id, fault]));

describe.each(CHECKS.map((check) => [check.id, check] as const))('the check %s', (_id, check) => {
  test('asks for metrics that have a name', () => {
    const asked = Object.values(check.needs).flat();
    expect(asked.filter((name) => !METRIC_NAMES.has(name))).toEqual([]);
  });

  test('names faults and laws that there are', () => {
    expect(check.faults.filter((id) => !FAULT_OF.has(id))).toEqual([]);
    expect(check.laws.filter((id) => !LAW_IDS.has(id))).toEqual([]);
  });

  test('names for each fault a law that rejects it', () => {
    const untested = check.faults.filter(
      (id) => FAULT_OF.get(id)?.killedBy.some((law) => check.laws.includes(law)) !== true,
    );
    expect(untested).toEqual([]);
  });

  test('leads to checks that there are', () => {
    expect((check.leadsTo ?? []).filter((id) => !CHECK_IDS.has(id) || id === check.id)).toEqual([]);
  });
});

test('no two checks have one ID', () => {
  expect(CHECK_IDS.size).toBe(CHECKS.length);
});

test.each(CHECKLIST_NAMES)('the checklist %s is one, and requires something', (name) => {
  const { checks, choose } = checklistNamed(name);
  expect(checks.some(({ isRequired }) => isRequired)).toBe(true);
  expect(choose.filter((metric) => !METRIC_NAMES.has(metric))).toEqual([]);
});
