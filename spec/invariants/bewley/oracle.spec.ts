import { describe, expect, it } from 'vitest';
import { documentedEconomy } from '../../../invariants/bewley/oracle/expressions.ts';
import { oracleOf, settingsOf } from '../../../invariants/bewley/oracle/household.ts';
import { ownEconomy } from '../../../examples/own-economy/economy.ts';

const TAXES = [
  { consumption: 0, income: { tau: 0, xi: 0 }, wealth: { tau: 0, xi: 0 } },
  { consumption: 0.065, income: { tau: 0.2, xi: 0 }, wealth: { tau: 0.1, xi: 0 } },
  { consumption: 0.065, income: { tau: 0.2, xi: 0.5 }, wealth: { tau: 0.1, xi: 0.5 } },
  { consumption: 0.1, income: { tau: 0.263, xi: 0.049 }, wealth: { tau: 0.02, xi: 0 } },
] as const;
const PREFERENCES = [
  { theta: 1, gamma: 2, beta: 0.96 },
  { theta: 2.5, gamma: 0.7, beta: 0.96 },
] as const;
const CASES = [documentedEconomy, ownEconomy].flatMap((economy, index) =>
  TAXES.flatMap((taxes) =>
    PREFERENCES.map((preferences) => ({
      name: index === 0 ? 'documented' : 'own',
      economy,
      taxes,
      preferences,
      theta: preferences.theta,
      xi: taxes.income.xi,
      xiA: taxes.wealth.xi,
    })),
  ),
);

/** A household, and the same one period later: no solution of anything. */
const NOW = { w: 1.3, z: 1.5, r: 0.05, a: 4, n: 0.4, aNext: 1 };
const LATER = { w: 1.1, z: 1.8, r: 0.07, a: 1, n: 0.3, aNext: 0.25 };

/** Central difference of fourth order: its error is of the order of h⁴ and of 1e-16/h. */
function difference(f: (x: number) => number, x: number): number {
  const h = 1e-3 * x;
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

describe.each(CASES)('$name economy, θ = $theta, ξ = $xi, ξ_a = $xiA', ({ economy, taxes, preferences }) => {
  const oracle = oracleOf(economy);
  const household = oracle.household(preferences, taxes);
  const settings = settingsOf(preferences, taxes);
  const objective = (values: Readonly<Record<string, number>>): number =>
    household.objective.at({ ...settings, ...values });
  const consumption = (values: Readonly<Record<string, number>>): number =>
    household.consumption.at({ ...settings, ...values });

  it('the labour condition is minus the slope of the objective in labour', () => {
    const slope = difference((n) => objective({ ...NOW, n }), NOW.n);
    const at = { ...settings, ...NOW, c: consumption(NOW) };
    expect(household.laborCondition.at(at) / -slope).toBeCloseTo(1, 8);
    expect(household.objectiveSlope.at({ ...settings, ...NOW }) / slope).toBeCloseTo(1, 8);
  });

  it('labour at which the relative condition is 0 has the absolute condition at 0', () => {
    // Enough to have utility at any labour.
    const at = { ...settings, ...NOW, c: 5 };
    const n = household.laborAt.at(at);
    const cost = household.marginalDisutility.at({ ...at, n });
    const worth = household.marginalUtility.at({ ...at, n }) * household.laborValue.at(at);
    expect(cost / worth).toBeCloseTo(1, 12);
    expect(household.relativeCondition.at(at)).toBeCloseTo(NOW.n / n - 1, 12);
  });

  it('saving one unit costs and brings what the Euler equation says', () => {
    const lifetime = (saved: number): number =>
      objective({ ...NOW, aNext: saved }) + preferences.beta * objective({ ...LATER, a: saved });
    const slope = difference(lifetime, LATER.a);
    const utility = household.marginalUtility.at({ ...settings, ...NOW, c: consumption(NOW) });
    const nextUtility = household.marginalUtility.at({ ...settings, ...LATER, c: consumption(LATER) });
    const brings = household.afterTaxReturn.at({ ...settings, ...LATER });
    // The residual at h = 1, in units of what a unit of consumption is worth today.
    const residual = 1 - (preferences.beta * nextUtility * brings) / utility;
    expect((-slope * (1 + taxes.consumption)) / utility).toBeCloseTo(residual, 8);
  });

  it('marginal retention is the slope of what is kept', () => {
    for (const schedule of [taxes.income, taxes.wealth]) {
      const { kept, marginal } = oracle.tax(schedule);
      const slope = difference((x) => kept.at({ ...schedule, x }), 2.5);
      expect(marginal.at({ ...schedule, x: 2.5 }) / slope).toBeCloseTo(1, 9);
    }
  });
});

describe('the documented economy', () => {
  it('has the first-order conditions that are on paper', () => {
    const taxes = TAXES[2];
    const preferences = { theta: 1.5, gamma: 2, beta: 0.96 };
    const household = oracleOf(documentedEconomy).household(preferences, taxes);
    const { w, z, r, a, n } = NOW;
    const c = 1.7;
    const y = w * z * n + r * a;
    const retained = (1 - 0.2) * y ** -0.5;
    const at = { ...settingsOf(preferences, taxes), ...NOW, c };
    expect(household.laborCondition.at(at)).toBeCloseTo(n ** 2 - (c ** -1.5 / 1.065) * w * z * retained, 12);
    expect(household.afterTaxReturn.at(at)).toBeCloseTo(r * retained + (1 - 0.1) * a ** -0.5, 12);
  });
});
