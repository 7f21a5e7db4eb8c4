import fc from 'fast-check';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { bewleyAggregates } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import type { Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import { agree, agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { Economy } from './cases.ts';
import { economyOf, magnitude, taxes, technology } from './cases.ts';
import { accountsOf } from './oracle/accounts.ts';
import type { Taxes, Technology } from './oracle/expressions.ts';
import type { BewleyOracle } from './oracle/household.ts';
import { taxesOf, technologyOf } from './oracle/household.ts';

interface Case {
  readonly technology: Technology;
  readonly taxes: Taxes;
  readonly economy: Economy<'wealth' | 'ability' | 'labor' | 'savingsRatio'>;
}

/**
 * Double precision of the law's own sums: fewer than 2⁷ operations on each of fewer than 2⁶ numbers, each 2⁻⁵³ of the
 * largest account.
 */
const OWN_ROUNDING = 2 ** -40;

/** What is produced is consumed, saved or paid as a tax, under any policy. */
export function resourceConstraint(oracle: BewleyOracle): Law<Case> {
  return law<Case>({
    id: 'bewley/resource-constraint',
    statement:
      'In every world, consumption, savings and taxes are output and what is left of capital: exactly, whatever agents choose.',
    formula: 'C + K′ + G = A K^α L^(1−α) + (1−δ) K,  G = τ_c C + mean T(y) + mean T_a(a)',
    guards:
      'a tax in no budget, wealth counted as income: goods out of nowhere, while (c(1+τ_c) + a′)/m is 1.000000 by construction',
    suspects: 'income, money and consumption (src/models/bewley/household.ts here), then prices',
    oracle: 'identity',
    bound:
      'forward error of what agents get, derived from the same inputs, weighted as the identity weighs it; the identity itself is evaluated in double precision',
    needs: [bewleyAggregates],
    coverage: [
      { label: 'tax on consumption', minimumShare: 0.6, shows: (sample) => sample.taxes.consumption > 0.01 },
      { label: 'progressive tax', minimumShare: 0.3, shows: (sample) => sample.taxes.income.xi > 0 },
    ],
    cases: fc
      .record({
        technology,
        taxes,
        economy: economyOf({
          wealth: fc.oneof(
            { weight: 1, arbitrary: fc.constant(0) },
            { weight: 9, arbitrary: magnitude(1e-1, 50) },
          ),
          ability: magnitude(0.2, 10),
          labor: between(0.02, 1),
          savingsRatio: between(0.001, 0.98),
        }),
        wornShare: between(0.05, 0.9),
      })
      // Depreciation takes less than capital earns in any world, so that no income is negative.
      .map(({ wornShare, ...sample }) => ({
        ...sample,
        technology: { ...sample.technology, delta: wornShare * leastReturn(sample) },
      })),
    async judge({ technology: firm, taxes: settings, economy }, { call, arithmetic, floats }) {
      const { wealth, ability, labor, savingsRatio } = economy;
      const answer = await call(bewleyAggregates, { technology: firm, taxes: settings, ...economy });
      const [worlds = 0, agents = 0] = wealth.shape;
      const income = oracle.tax(settings.income);
      const onWealth = oracle.tax(settings.wealth);
      const texts = { firm: oracle.firm, income, wealth: onWealth };
      const worldNames = Array.from({ length: worlds }, (_, world) => world);
      const accounts = worldNames.map((world) => {
        const row = (tensor: typeof wealth): readonly number[] => [
          ...tensor.data.slice(world * agents, (world + 1) * agents),
        ];
        const inputs = {
          wealth: row(wealth),
          ability: row(ability),
          labor: row(labor),
          savingsRatio: row(savingsRatio),
        };
        const got = {
          income: row(answer.income),
          savings: row(answer.savings),
          consumption: row(answer.consumption),
        };
        return {
          inputs,
          got,
          expected: accountsOf(arithmetic, texts, { technology: firm, taxes: settings }, inputs),
        };
      });
      const identities = accounts.map(({ inputs, got, expected }, world) => {
        const keptOf = (x: number): number => income.kept.at({ ...taxesOf(settings), x });
        const keptOfWealth = (x: number): number =>
          onWealth.kept.at({ tau: settings.wealth.tau, xi: settings.wealth.xi, x });
        const capital = mean(inputs.wealth);
        const effectiveLabor = mean(
          inputs.wealth.map((_, i) => (inputs.ability[i] ?? 0) * (inputs.labor[i] ?? 0)),
        );
        const made = oracle.firm.output.at({ ...technologyOf(firm), K: capital, L: effectiveLabor });
        const used =
          (1 + settings.consumption) * mean(got.consumption) +
          mean(got.savings) +
          mean(got.income.map((y) => y - keptOf(y))) +
          mean(inputs.wealth.map((a) => a - keptOfWealth(a)));
        const available = made + (1 - firm.delta) * capital;
        const allowed = mean(
          expected.agents.map(
            (agent) =>
              (1 + settings.consumption) * agent.consumption.bound +
              agent.savings.bound +
              (1 + Math.abs(income.marginal.at({ ...taxesOf(settings), x: agent.income.value }))) *
                // N′ changes little within a bound of some units in the last place.
                (1 + 2 ** -10) *
                agent.income.bound,
          ),
        );
        return agree(
          'use of goods less their sources',
          used - available,
          0,
          allowed + OWN_ROUNDING * expected.size,
          `world ${world}`,
        );
      });
      const zero = accounts.map(({ expected: { resourceResidual } }): Bounded => ({
        value: 0,
        bound: resourceResidual.bound + Math.abs(resourceResidual.value),
      }));
      const named = (world: number): string => `world ${world}`;
      return [
        hasType('resource residual', answer.resourceResidual, floats, [worlds, 1]),
        ...identities,
        agreesWithOracle(
          'capital',
          answer.capital,
          accounts.map(({ expected }) => expected.capital),
          named,
        ),
        agreesWithOracle(
          'effective labour',
          answer.effectiveLabor,
          accounts.map(({ expected }) => expected.effectiveLabor),
          named,
        ),
        agreesWithOracle('resource residual as it is logged', answer.resourceResidual, zero, named),
      ];
    },
  });
}

/** The lowest marginal product of capital among worlds, from the documented firm: enough to keep returns positive. */
function leastReturn({ technology: { productivity, alpha }, economy }: Case): number {
  const { wealth, ability, labor } = economy;
  const [worlds = 0, agents = 0] = wealth.shape;
  const ratios = Array.from({ length: worlds }, (_, world) => {
    const indices = Array.from({ length: agents }, (__, agent) => world * agents + agent);
    const capital = mean(indices.map((index) => wealth.data[index] ?? 0));
    return capital / mean(indices.map((index) => (ability.data[index] ?? 0) * (labor.data[index] ?? 0)));
  });
  return Math.min(0.1, alpha * productivity * Math.max(...ratios) ** (alpha - 1));
}

function mean(xs: readonly number[]): number {
  return xs.reduce((sum, x) => sum + x, 0) / xs.length;
}
