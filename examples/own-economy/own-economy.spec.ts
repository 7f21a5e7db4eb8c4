import type { Kit, OpenEngine } from 'plumbline';
import {
  bewleyEconomicsLaws,
  checkControl,
  checkLaw,
  correctKit,
  FAULTS,
  openEngine,
  subjectOf,
} from 'plumbline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownEconomy, withOwnEconomy } from './economy.ts';

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('wasm');
});
afterAll(() => {
  engine.close();
});

const laws = bewleyEconomicsLaws(ownEconomy);
const own = (): Kit => withOwnEconomy(correctKit);
const options = { runs: 40, seed: 7 };

const verdictOf = async (id: string, kit: Kit): Promise<string> => {
  const law = laws.find((one) => one.id === id);
  if (law === undefined) throw new Error(`the law ${id} is gone`);
  return (await checkLaw(law, subjectOf(kit, engine), { ...options, firstViolation: true })).verdict;
};

describe.each(laws)('$id in an economy of our own', (law) => {
  test('holds, and rejects a subject that is wrong in every answer', async () => {
    const subject = subjectOf(own(), engine);
    const verdict = await checkLaw(law, subject, options);
    expect([verdict.verdict, verdict.reason]).toEqual(['holds', undefined]);
    expect((await checkControl(law, subject, options)).verdict).toBe('violated');
  });
});

test('every fault of the catalogue that these laws kill is killed here too', async () => {
  const ids = laws.map(({ id }) => id);
  const cells = FAULTS.flatMap((fault) =>
    fault.killedBy.filter((id) => ids.includes(id)).map((id) => ({ fault, id })),
  ).filter(
    // Faults that are written in the functional form of the documented tax.
    ({ fault }) => fault.id !== 'bewley/retention-divisor' && fault.id !== 'bewley/wealth-tax-base',
  );
  expect(cells.length).toBeGreaterThan(12);
  for (const { fault, id } of cells) {
    expect([fault.id, id, await verdictOf(id, fault.inject(own()))]).toEqual([fault.id, id, 'violated']);
  }
});

test('a kit that still has the documented utility and tax is rejected', async () => {
  for (const id of ['bewley/taxes', 'bewley/labor-foc', 'bewley/labor-optimum', 'bewley/euler-residual']) {
    expect([id, await verdictOf(id, correctKit)]).toEqual([id, 'violated']);
  }
});
