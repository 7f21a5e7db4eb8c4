import { describe, expect, it } from 'vitest';
import {
  afterTaxReturn,
  factorPrices,
  householdTerms,
  laborGiven,
  solveBewley,
  taxableIncome,
} from '../../../../src/models/bewley/reference/index.ts';
import { economy } from '../presets.ts';

/** Rows of the table of bewley.md: K, n, K/L, w, mpk, c, s. */
const TABLE = [
  [
    ['no-tax', 'one-type', 'preferences.beta=0.975'],
    [7.153, 0.955, 7.488, 1.302, 0.0856, 1.427, 0.834],
  ],
  [
    ['no-tax', 'one-type'],
    [5.452, 0.941, 5.797, 1.197, 0.1017, 1.353, 0.801],
  ],
  [
    ['flat', 'one-type'],
    [6.378, 0.949, 6.723, 1.257, 0.0921, 1.049, 0.851],
  ],
  [
    ['documented', 'one-type'],
    [1.083, 0.612, 1.77, 0.809, 0.225, 1.975, 0.34],
  ],
] as const;

describe('an economy without risk', () => {
  it.each(TABLE)('%j is the row of the table, and loses no goods', (layers, row) => {
    const solution = solveBewley(economy(...layers));
    const { capital, labor, capitalLabor, wage, mpk, consumption, savingsRatio } = solution;
    [capital, labor, capitalLabor, wage, mpk, consumption, savingsRatio].forEach((value, column) => {
      expect(Math.abs(value / (row[column] ?? Number.NaN) - 1)).toBeLessThan(1e-3);
    });
    expect(solution.method).toBe('steady-state');
    expect(Math.abs(solution.residuals.resource)).toBeLessThan(1e-12);
  });

  it('earns 1/β on what it saves, and works as its condition says', () => {
    const configuration = economy('us', 'one-type', 'preferences.theta=3');
    const solution = solveBewley(configuration);
    if (solution.method !== 'steady-state') throw new Error('one type has no risk');
    const prices = factorPrices(configuration.technology, solution.capitalLabor);
    const terms = householdTerms(configuration, prices);
    const [{ ability, assets, labor, consumption } = { ability: 0, assets: 0, labor: 0, consumption: 0 }] =
      solution.types;
    const income = taxableIncome(terms, assets, prices.wage * ability * labor);
    expect(0.975 * afterTaxReturn(terms, assets, income)).toBeCloseTo(1, 12);
    expect(laborGiven(terms, consumption, assets, ability)).toBeCloseTo(labor, 12);
  });

  it('of several abilities clears at one price, where a tax is progressive', () => {
    const configuration = economy('us', 'complete');
    const solution = solveBewley(configuration);
    if (solution.method !== 'steady-state') throw new Error('fixed ability has no risk');
    const prices = factorPrices(configuration.technology, solution.capitalLabor);
    const terms = householdTerms(configuration, prices);
    let limited = 0;
    for (const { ability, assets, labor, consumption } of solution.types) {
      const income = taxableIncome(terms, assets, prices.wage * ability * labor);
      const gain = 0.975 * afterTaxReturn(terms, assets, income);
      if (assets === 0) {
        limited += 1;
        expect(gain).toBeLessThanOrEqual(1);
      } else expect(gain).toBeCloseTo(1, 10);
      expect(laborGiven(terms, consumption, assets, ability)).toBeCloseTo(labor, 10);
    }
    // Who earns much is taxed at a higher rate, and saves nothing.
    expect(limited).toBeGreaterThan(0);
    expect(limited).toBeLessThan(solution.types.length);
    expect(Math.abs(solution.residuals.market)).toBeLessThan(1e-10);
    expect(Math.abs(solution.residuals.resource)).toBeLessThan(1e-10);
  });

  it('of several abilities under flat taxes is refused: any wealth is kept for ever', () => {
    expect(() => solveBewley(economy('no-tax', 'complete'))).toThrow(/wealth-indeterminate/);
  });

  it('that no capital satisfies is refused', () => {
    // A subsidy of wealth of 5 % a year makes saving worthwhile at any return.
    expect(() => solveBewley(economy('no-tax', 'one-type', 'taxes.wealth.tau=-0.2'))).toThrow(
      /no-equilibrium/,
    );
  });
});
