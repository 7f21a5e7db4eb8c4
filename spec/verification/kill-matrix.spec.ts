import { describe, expect, test } from 'vitest';
import { judgeCell } from '../../src/verification/kill-matrix.ts';
import type { Fault } from '../../src/verification/fault.ts';
import { doubles, toy } from './toy.ts';

type ToyKit = (x: number) => number;
const fault: Fault<ToyKit> = {
  id: 'toy/triples',
  summary: 'three times the question',
  sign: '',
  killedBy: ['toy/doubles'],
  engines: 'all',
  inject: () => (x) => 3 * x,
};
const seeds = [1, 2, 3];

describe('judgeCell', () => {
  test('a fault that the law sees is killed with every seed', async () => {
    const cell = await judgeCell(fault, doubles, toy(fault.inject((x) => 2 * x)), { seeds });
    expect(cell).toMatchObject({ outcome: 'killed', fault: 'toy/triples', law: 'toy/doubles' });
    expect(cell.seeds).toHaveLength(3);
    expect(cell.seeds.every(({ runs }) => runs <= 20)).toBe(true);
  });

  test('a fault that the law misses with one seed survives', async () => {
    let asked = 0;
    const rarely = toy((x) => ((asked += 1) < 25 ? 2 * x : 3 * x));
    const cell = await judgeCell(fault, doubles, rarely, { seeds });
    expect(cell.outcome).toBe('survived');
    expect(cell.seeds.map(({ outcome }) => outcome)).toContain('killed');
  });

  test('a fault of one model is shown in cases of that model, as many as its power', async () => {
    const asked: number[] = [];
    const parity = { ...doubles, modelOf: ({ x }: { x: number }) => (x % 2 === 0 ? 'even' : 'odd') };
    const subject = toy((x) => {
      asked.push(x);
      return 2 * x;
    });
    const cell = await judgeCell({ ...fault, model: 'odd' }, parity, subject, { seeds: [1] });
    expect(cell.seeds).toMatchObject([{ outcome: 'survived', runs: 20 }]);
    expect(asked.filter((x) => x % 2 === 0)).toEqual([]);
  });

  test('a crash is not a kill', async () => {
    const crashing = toy(() => {
      throw new Error('boom');
    });
    expect(await judgeCell(fault, doubles, crashing, { seeds })).toMatchObject({ outcome: 'not-judged' });
  });

  test('no seed is no kill', async () => {
    expect(
      await judgeCell(
        fault,
        doubles,
        toy(() => 0),
        { seeds: [] },
      ),
    ).toMatchObject({ outcome: 'not-judged' });
  });
});
