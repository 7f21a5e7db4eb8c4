import { describe, expect, it } from 'vitest';
import type { HouseholdTerms } from '../../../../src/models/bewley/reference/index.ts';
import { parseBewleyConfiguration } from '../../../../src/models/bewley/index.ts';
import {
  endogenousAssets,
  householdTerms,
  laborAtSaving,
  laborGiven,
  marginalRetention,
  marginalUtility,
  moneyDisposable,
  NO_ASSETS,
  taxableIncome,
} from '../../../../src/models/bewley/reference/index.ts';
import { streamOf } from '../../../../src/numerics/index.ts';

interface Case {
  readonly terms: HouseholdTerms;
  readonly assets: number;
  readonly ability: number;
  readonly consumption: number;
}

/** Households over several orders of magnitude, a third with flat taxes, a third at log utility. */
function cases(count: number): readonly Case[] {
  const random = streamOf(3);
  const between = (low: number, high: number): number => low * (high / low) ** random.uniform();
  return Array.from({ length: count }, (_, index) => {
    const configuration = parseBewleyConfiguration({
      preferences: { theta: index % 3 === 0 ? 1 : between(0.5, 5), gamma: between(0.5, 5) },
      taxes: {
        consumption: 0.2 * random.uniform(),
        income: { tau: 0.4 * random.uniform(), xi: index % 3 === 1 ? 0 : 0.6 * random.uniform() },
        wealth: { tau: 0.1 * random.uniform(), xi: index % 2 === 0 ? 0 : 0.6 * random.uniform() },
      },
    });
    const rate = between(0.005, 0.3);
    const terms = householdTerms(configuration, { wage: between(0.2, 3), rate, mpk: rate + 0.06 });
    const assets = index % 5 === 0 ? 0 : between(1e-3, 1e3);
    return { terms, assets, ability: between(0.1, 200), consumption: between(0.1, 30) };
  });
}

/** ln of the right side of the labour condition over its left side. */
function gap({ terms, assets, ability, consumption }: Case, labor: number): number {
  const { preferences, taxes, prices } = terms;
  const wage = prices.wage * ability;
  const income = taxableIncome(terms, assets, wage * labor);
  const worth = marginalUtility(preferences, consumption) * wage * marginalRetention(taxes.income, income);
  return Math.log(worth / (1 + taxes.consumption)) - preferences.gamma * Math.log(labor);
}

const CASES = cases(2000);

describe('laborGiven', () => {
  it('solves the labour condition, or stops at all the time there is', () => {
    let corners = 0;
    for (const one of CASES) {
      const labor = laborGiven(one.terms, one.consumption, one.assets, one.ability);
      if (labor === 1) {
        corners += 1;
        expect(gap(one, 1)).toBeGreaterThan(-1e-12);
      } else {
        expect(labor).toBeGreaterThan(0);
        expect(labor).toBeLessThan(1);
        expect(Math.abs(gap(one, labor))).toBeLessThan(1e-12);
      }
    }
    expect(corners).toBeGreaterThan(200);
    expect(corners).toBeLessThan(1800);
  });
});

describe('laborAtSaving', () => {
  it('solves the same condition, with consumption from the budget', () => {
    for (const { terms, assets, ability } of CASES) {
      const money = moneyDisposable(terms, assets, taxableIncome(terms, assets, terms.prices.wage * ability));
      const saved = 0.4 * money;
      const { labor, consumption } = laborAtSaving(terms, assets, saved, ability) ?? {
        labor: Number.NaN,
        consumption: Number.NaN,
      };
      const spent = (1 + terms.taxes.consumption) * consumption + saved;
      const income = taxableIncome(terms, assets, terms.prices.wage * ability * labor);
      expect(spent / moneyDisposable(terms, assets, income)).toBeCloseTo(1, 12);
      const left = gap({ terms, assets, ability, consumption }, labor);
      if (labor === 1) expect(left).toBeGreaterThan(-1e-12);
      else expect(Math.abs(left)).toBeLessThan(1e-11);
    }
  });

  it('has no answer for who cannot save so much', () => {
    for (const { terms, assets, ability } of CASES) {
      expect(laborAtSaving(terms, assets, 1e9, ability)).toBeUndefined();
    }
  });

  it.each([
    [0, 0.2],
    [0.5, 0.2],
    [0.049, 0.263],
  ])('hand to mouth at log utility n^(1+γ) = 1 − ξ, ξ = %f', (xi, tau) => {
    for (const [wage, ability] of [
      [0.3, 0.1],
      [1.2, 5],
      [2, 180],
    ] as const) {
      const configuration = parseBewleyConfiguration({ taxes: { income: { tau, xi } } });
      const terms = householdTerms(configuration, { wage, rate: 0.04, mpk: 0.1 });
      const labor = laborAtSaving(terms, 0, 0, ability)?.labor ?? Number.NaN;
      expect(labor ** (1 + configuration.preferences.gamma)).toBeCloseTo(1 - xi, 13);
    }
  });
});

describe('endogenousAssets', () => {
  it('gives back the wealth from which consumption and saving came', () => {
    let inside = 0;
    for (const { terms, assets, ability, consumption } of CASES) {
      const labor = laborGiven(terms, consumption, assets, ability);
      const income = taxableIncome(terms, assets, terms.prices.wage * ability * labor);
      const saved = moneyDisposable(terms, assets, income) - (1 + terms.taxes.consumption) * consumption;
      if (saved < 0) continue;
      inside += 1;
      const owned = endogenousAssets(terms, ability, consumption, saved);
      // At wealth 0 rounding decides between 0 and none.
      if (assets === 0) expect(Math.max(owned, 0)).toBeLessThan(1e-9);
      else expect(Math.abs(owned - assets)).toBeLessThan(1e-9 * (assets + income));
    }
    expect(inside).toBeGreaterThan(800);
  });

  it('has none where even without wealth there is more to spend', () => {
    const [one] = CASES;
    if (one === undefined) throw new Error('no case');
    expect(endogenousAssets(one.terms, 200, 1e-3, 0)).toBe(NO_ASSETS);
  });
});
