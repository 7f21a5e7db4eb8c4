import { describe, expect, test } from 'vitest';
import type { Row } from '../../src/runs/index.ts';
import type { Turn } from '../../src/runs/step-order.ts';
import { StepOrder } from '../../src/runs/step-order.ts';

const row = (line: number, step: number, ...names: string[]): Row => ({
  step,
  values: Object.fromEntries(names.map((name) => [name, 1])),
  place: { file: 'log', line },
});

function turnsOf(rows: readonly Row[]): (Turn | undefined)[] {
  const order = new StepOrder();
  return rows.map((one) => order.take(one));
}

describe('StepOrder', () => {
  test('steps that rise or stay say nothing', () => {
    expect(turnsOf([row(1, 0, 'a'), row(2, 5, 'a'), row(3, 5, 'a')])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('a step that goes back is a resume, once for all metrics', () => {
    const turns = turnsOf([
      row(1, 0, 'a', 'b'),
      row(2, 10, 'a', 'b'),
      row(3, 20, 'a'),
      row(4, 15, 'a'),
      row(5, 15, 'b'),
      row(6, 20, 'a'),
      row(7, 18, 'a'),
    ]);
    expect(turns.filter((turn) => turn !== undefined)).toEqual([
      { kind: 'resumed', from: 20, to: 15, place: { file: 'log', line: 4 } },
      { kind: 'resumed', from: 20, to: 18, place: { file: 'log', line: 7 } },
    ]);
  });

  test('a metric that did not go back at one resume may at the next', () => {
    const turns = turnsOf([
      row(1, 0, 'a', 'b'),
      row(2, 10, 'a'),
      row(3, 9, 'b'),
      row(4, 5, 'a'),
      row(5, 20, 'b'),
      row(6, 3, 'b'),
    ]);
    expect(turns.map((turn) => turn?.kind)).toEqual([
      undefined,
      undefined,
      undefined,
      'resumed',
      undefined,
      'resumed',
    ]);
  });

  test('metrics that count batches and epochs do not disturb each other', () => {
    const rows = [1, 2, 3].flatMap((epoch) => [row(epoch, 100 * epoch, 'batch'), row(epoch, epoch, 'epoch')]);
    expect(turnsOf(rows).filter((turn) => turn !== undefined)).toEqual([]);
  });

  test('one that is at its own first step again, behind that of the others, was resumed', () => {
    const turns = turnsOf([
      row(1, 0, 'loss'),
      row(2, 5, 'eval'),
      row(3, 6, 'loss', 'eval'),
      row(4, 5, 'eval'),
    ]);
    expect(turns.at(-1)).toMatchObject({ kind: 'resumed', from: 6, to: 5 });
  });

  test('one that is at its first step again is another run', () => {
    expect(turnsOf([row(1, 1, 'a'), row(2, 2, 'a'), row(3, 1, 'a')]).at(-1)).toEqual({ kind: 'begun-again' });
  });
});
