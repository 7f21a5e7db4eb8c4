import fc from 'fast-check';
import { z } from 'zod';
import { IEEE_SINGLE } from '../../src/numerics/arithmetic.ts';
import { law } from '../../src/verification/law.ts';
import { agree } from '../../src/verification/measurement.ts';
import { operation } from '../../src/verification/operation.ts';
import type { Subject } from '../../src/verification/subject.ts';
import { implement, inProcessSubject } from '../../src/verification/subject.ts';

/** The smallest contract that has everything: one operation on numbers. */
export const double = operation({
  name: 'toy.double',
  summary: 'twice a number',
  input: z.object({ x: z.number() }),
  output: z.object({ y: z.custom<number>((value) => typeof value === 'number') }),
});

export const doubles = law({
  id: 'toy/doubles',
  statement: 'The answer is twice the question.',
  formula: 'y = 2x',
  guards: 'a factor is lost',
  suspects: 'the toy',
  oracle: 'derivation',
  bound: 'none: doubling is exact',
  needs: [double],
  coverage: [{ label: 'positive', minimumShare: 0.2, shows: ({ x }) => x > 0 }],
  cases: fc.record({ x: fc.integer({ min: -1_000, max: 1_000 }) }),
  async judge({ x }, { call }) {
    const { y } = await call(double, { x });
    return [agree('y', y, 2 * x, 0.5)];
  },
});

/** A subject whose one operation is the given function. */
export function toy(answer: (x: number) => number | Promise<number>): Subject {
  return inProcessSubject({
    name: 'toy',
    engine: 'none',
    arithmetic: IEEE_SINGLE,
    implementations: [implement(double, async ({ x }) => ({ y: await answer(x) }))],
  });
}
