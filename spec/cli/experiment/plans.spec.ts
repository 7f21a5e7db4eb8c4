import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { experimentOf } from '../../../src/cli/experiment/arms.ts';
import { readPlan } from '../../../src/experiments/index.ts';

const FOLDER = new URL('../../../fixtures/plans/', import.meta.url);
const PLANS = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const planIn = (file: string) =>
  readPlan(readFileSync(new URL(file, FOLDER), 'utf8'), { source: file, name: file });

describe('plans of the package', () => {
  it.each(PLANS)('%s can be run', (file) => {
    const { arms } = experimentOf(planIn(file), {});
    for (const { name, changes } of arms.slice(1)) expect([name, changes]).not.toEqual([name, []]);
  });

  it('over-saving.yaml changes in each arm what its name says, and nothing else', () => {
    const { arms } = experimentOf(planIn('over-saving.yaml'), {});
    expect(Object.fromEntries(arms.map(({ name, changes }) => [name, changes]))).toEqual({
      baseline: ['with bewley/wealth-tax-base', 'with bewley/price-clip'],
      'no-tax': [
        'taxes.income.tau 0.2 → 0',
        'taxes.income.xi 0.1 → 0',
        'taxes.wealth.tau 0.02 → 0',
        'taxes.wealth.xi 0.02 → 0',
      ],
      'proportional-taxes': ['taxes.income.xi 0.1 → 0', 'taxes.wealth.xi 0.02 → 0'],
      'no-clip': ['without bewley/price-clip'],
      'no-tax-no-clip': [
        'taxes.income.tau 0.2 → 0',
        'taxes.income.xi 0.1 → 0',
        'taxes.wealth.tau 0.02 → 0',
        'taxes.wealth.xi 0.02 → 0',
        'without bewley/price-clip',
      ],
      'correct-base': ['without bewley/wealth-tax-base'],
    });
  });

  it('take another engine, seeds and steps from the command', () => {
    const overrides = { engine: 'cpu', seeds: [4, 5], steps: 7 } as const;
    const { engine, seeds, steps, request } = experimentOf(planIn('over-saving.yaml'), overrides);
    expect({ engine, seeds, steps }).toEqual(overrides);
    expect(request).toMatchObject(overrides);
  });
});
