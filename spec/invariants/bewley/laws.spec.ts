import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complementarity } from '../../../invariants/bewley/complementarity.ts';
import { domain } from '../../../invariants/bewley/domain.ts';
import { LABOR } from '../../../invariants/bewley/cases.ts';
import { RECORDED } from '../../../invariants/bewley/labor-foc.ts';
import { FAULTS } from '../../../invariants/index.ts';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { IEEE_SINGLE } from '../../../src/numerics/arithmetic.ts';
import { correctKit, subjectOf } from '../../../src/subjects/index.ts';
import { checkLaw } from '../../../src/verification/check-law.ts';
import {
  bewleyAggregates,
  bewleyComplementarity,
  bewleyLaborCondition,
} from '../../../src/verification/contracts/index.ts';
import { knownBad } from '../../../src/verification/controls.ts';
import type { Fault } from '../../../src/verification/fault.ts';
import { judgeCell } from '../../../src/verification/kill-matrix.ts';
import { law } from '../../../src/verification/law.ts';
import { agree } from '../../../src/verification/measurement.ts';
import { implement, inProcessSubject } from '../../../src/verification/subject.ts';
import { float32 } from '../../../src/verification/tensor-value.ts';
import type { Kit } from '../../../src/subjects/kit.ts';

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('wasm');
});
afterAll(() => {
  engine.close();
});

const faultNamed = (id: string): Fault<Kit> => {
  const fault = FAULTS.find((one) => one.id === id);
  if (fault === undefined) throw new Error(`the fault ${id} is gone`);
  return fault;
};

describe('the recorded point of the labour condition: c 2, w 1.3, e 1.5, y 4, n 0.3', () => {
  const gradientsOf = async (kit: Kit): Promise<readonly number[]> => {
    const { economy, preferences, taxes } = RECORDED;
    const input = { preferences, taxes, labor: LABOR, ...economy };
    return [...((await subjectOf(kit, engine).call(bewleyLaborCondition, input)).gradient?.data ?? [])];
  };

  test('the squared loss falls in labour', async () => {
    const gradients = await gradientsOf(correctKit);
    expect(gradients).toHaveLength(10);
    for (const gradient of gradients) expect(gradient).toBeLessThan(0);
  });

  test('with the recorded sign it rises: labour collapses', async () => {
    for (const gradient of await gradientsOf(faultNamed('bewley/labor-foc-sign').inject(correctKit)))
      expect(gradient).toBeGreaterThan(0);
  });
});

/** The check on record: what is spent over what there is to spend, which is 1 by construction. */
const budgetRatio = law({
  id: 'bewley/budget-ratio',
  statement: 'Spending is all of the money.',
  formula: 'mean((1+τ_c) c + a′)/mean(m) = 1, with m from c and a′',
  guards: 'nothing',
  suspects: 'nobody',
  oracle: 'identity',
  bound: 'six digits, as it was printed',
  needs: [bewleyAggregates],
  cases: fc.constant({ tax: 0.065 }),
  async judge({ tax }, { call }) {
    const everyone = (x: number) => float32([2, 5], new Float32Array(10).fill(x));
    const { consumption, savings } = await call(bewleyAggregates, {
      technology: { productivity: 1, alpha: 0.33, delta: 0.06 },
      taxes: { consumption: tax, income: { tau: 0.2, xi: 0.25 }, wealth: { tau: 0.05, xi: 0.25 } },
      wealth: everyone(5),
      ability: everyone(1),
      labor: everyone(0.8),
      savingsRatio: everyone(0.75),
    });
    // On record money was m = c + a′ after the fact, whichever way consumption was made.
    const spent = [...consumption.data].map((c, index) => c + (savings.data[index] ?? 0));
    const money = [...savings.data].map((saved, index) => saved + (consumption.data[index] ?? 0));
    const ratio = spent.reduce((sum, x) => sum + x, 0) / money.reduce((sum, x) => sum + x, 0);
    return [agree('budget ratio', ratio, 1, 5e-7)];
  },
});

describe('a law that cannot fail', () => {
  test('holds, passes for a law by its control, and is found out by the kill matrix', async () => {
    const subject = subjectOf(correctKit, engine);
    expect((await checkLaw(budgetRatio, subject, { runs: 3, seed: 1 })).verdict).toBe('holds');
    expect((await checkLaw(budgetRatio, knownBad(subject), { runs: 3, seed: 1 })).verdict).toBe('violated');
    const economics = FAULTS.filter(({ killedBy }) => killedBy.includes('bewley/resource-constraint'));
    expect(economics.map(({ id }) => id)).toContain('bewley/principal-as-income');
    for (const fault of economics) {
      const faulty = subjectOf(fault.inject(correctKit), engine);
      const { outcome } = await judgeCell(fault, budgetRatio, faulty, { seeds: [1] });
      expect([fault.id, outcome]).toEqual([fault.id, 'survived']);
    }
  });
});

describe('complementarity in the wild', () => {
  const subjectWith = (phi: (s: number, h: number) => readonly [number, number, number]) =>
    inProcessSubject({
      name: 'plain arrays',
      engine: 'none',
      arithmetic: IEEE_SINGLE,
      implementations: [
        implement(bewleyComplementarity, async ({ savingsRatio, marginalReturn }) => {
          const rows = [...savingsRatio.data].map((s, index) =>
            phi(s, marginalReturn.data[index] ?? Number.NaN),
          );
          const column = (index: 0 | 1 | 2) =>
            float32(
              savingsRatio.shape,
              rows.map((row) => row[index]),
            );
          return { value: column(0), gradientSavingsRatio: column(1), gradientMarginalReturn: column(2) };
        }),
      ],
    });
  const options = { runs: 60, seed: 5 };

  test('the function of Fischer and Burmeister, written by someone else, passes', async () => {
    const theirs = subjectWith((s, h) => {
      const m = 1 - h;
      const length = Math.hypot(s, m);
      return length === 0 ? [0, 0, 0] : [s + m - length, 1 - s / length, m / length - 1];
    });
    expect((await checkLaw(complementarity, theirs, options)).verdict).toBe('holds');
  });

  test('its square, which is 0 on the same set, is not it', async () => {
    const squared = subjectWith((s, h) => {
      const phi = s + (1 - h) - Math.hypot(s, 1 - h);
      return [phi ** 2, 0, 0];
    });
    expect((await checkLaw(complementarity, squared, options)).verdict).toBe('violated');
  });
});

describe('the law on the domain', () => {
  test('takes no crash for a refusal', async () => {
    const subject = subjectOf(correctKit, engine);
    const crashing = {
      ...subject,
      call: () => Promise.reject(new Error('out of memory')),
    };
    expect((await checkLaw(domain, crashing, { runs: 5, seed: 1 })).verdict).toBe('not-checked');
  });
});
