import { describe, expect, test } from 'vitest';
import { differenceRows, differences } from '../../../src/cli/reproduce/differences.ts';
import type { LogRow } from '../../../src/cli/reproduce/record-run.ts';

const log = (read: (step: number) => Readonly<Record<string, number>>): readonly LogRow[] =>
  Array.from({ length: 9 }, (_, step) => ({ step, ...read(step) }));
const run = (rows: readonly LogRow[], timing: readonly LogRow[] = []) => ({ rows, timing });

describe('differences', () => {
  test('are ranked by their relative size, whatever the unit; equal metrics are left out', () => {
    const correct = run(log((step) => ({ loss: 1 / (1 + step), wealth: 1000, wage: 1.2 })));
    const faulty = run(log((step) => ({ loss: 1.1 / (1 + step), wealth: 3000, wage: 1.2 })));
    const found = differences(correct, faulty);
    expect(found.map(({ metric }) => metric)).toEqual(['wealth', 'loss']);
    expect(found[0]?.size).toBe(1);
    expect(found[1]?.size).toBeCloseTo(0.2 / 2.1, 12);
  });

  test('one odd row is none; a jump at half of the run is one', () => {
    const correct = run(log(() => ({ odd: 1, late: 1 })));
    const faulty = run(log((step) => ({ odd: step === 3 ? 99 : 1, late: step < 5 ? 1 : 2 })));
    expect(differences(correct, faulty).map(({ metric }) => metric)).toEqual(['late']);
  });

  test('rows are told apart by their step, a sign counts as two, and what one run alone logs as much', () => {
    const correct = run(log(() => ({ sign: 1 })));
    const faulty = run(log(() => ({ sign: -1, more: 0 })).slice(4));
    expect(differences(correct, faulty).map(({ metric, size }) => [metric, size])).toEqual([
      ['sign', 2],
      ['more', 2],
    ]);
  });

  test('tensors are counted, speed is not', () => {
    const rows = log(() => ({ loss: 1 }));
    const correct = run(
      rows,
      log(() => ({ tensors: 20, stepsPerSecond: 50 })),
    );
    const faulty = run(
      rows,
      log((step) => ({ tensors: 20 + step, stepsPerSecond: 10 })),
    );
    expect(differences(correct, faulty).map(({ metric }) => metric)).toEqual(['tensors']);
  });
});

test('the table has first, middle and last value of both runs', () => {
  const correct = run(log((step) => ({ loss: 1 / (1 + step) })));
  const faulty = run(log((step) => ({ loss: 2 + step })).slice(0, 3));
  expect(differenceRows(differences(correct, faulty))).toEqual([
    ['first → middle → last', 'correct', 'faulty'],
    ['loss', '1 → 0.2 → 0.111', '2 → 3 → 4'],
  ]);
  expect(differenceRows([])).toEqual([['the two logs are equal']]);
});
