import fc from 'fast-check';
import { bewleyBudget } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import type { Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { Economy } from './cases.ts';
import { agentName, atAgents, economyOf, magnitude, taxes } from './cases.ts';
import type { Taxes } from './oracle/expressions.ts';
import type { BewleyOracle } from './oracle/household.ts';
import { exactAll, roundedAll, taxesOf } from './oracle/household.ts';

interface Case {
  readonly taxes: Taxes;
  readonly economy: Economy<'wealth' | 'ability' | 'labor' | 'savingsRatio', 'wage' | 'rate'>;
}

/** Utility does not enter the budget; any will do to derive it. */
const ANY = { theta: 1, gamma: 2, beta: 0.9 } as const;

/** Income, money, savings and consumption of an agent are those of its budget. */
export function budget(oracle: BewleyOracle): Law<Case> {
  return law<Case>({
    id: 'bewley/budget',
    statement:
      'Taxable income, money disposable, savings and consumption are those of the budget with every tax in it.',
    formula: 'y = w e n + r a,  m = N(y) + N_a(a),  a′ = s m,  c = (m − a′)/(1 + τ_c)',
    guards: 'a tax that nobody pays, a transfer that nobody meant, wealth that is counted twice',
    suspects: 'income, money and consumption (src/models/bewley/household.ts here)',
    oracle: 'derivation',
    bound: 'forward error of the budget as text, any order of summation',
    needs: [bewleyBudget],
    coverage: [
      {
        label: 'an agent without wealth',
        minimumShare: 0.3,
        shows: ({ economy }) => economy.wealth.data.some((a) => a === 0),
      },
      {
        label: 'progressive tax on wealth',
        minimumShare: 0.3,
        shows: ({ taxes: { wealth } }) => wealth.xi > 0,
      },
      { label: 'tax on consumption', minimumShare: 0.6, shows: (sample) => sample.taxes.consumption > 0.01 },
    ],
    cases: fc.record({
      taxes,
      economy: economyOf(
        {
          wealth: fc.oneof(
            { weight: 1, arbitrary: fc.constant(0) },
            { weight: 9, arbitrary: magnitude(1e-2, 100) },
          ),
          ability: magnitude(0.1, 20),
          labor: between(0.02, 1),
          savingsRatio: between(0.001, 0.98),
        },
        { wage: between(0.3, 3), rate: between(0.005, 0.3) },
      ),
    }),
    async judge({ taxes: settings, economy }, { call, arithmetic, floats }) {
      const { wage, rate, wealth, ability, labor, savingsRatio } = economy;
      const answer = await call(bewleyBudget, { taxes: settings, ...economy });
      const household = oracle.household(ANY, settings);
      const symbols = roundedAll(arithmetic, taxesOf(settings));
      const expected = atAgents(
        wealth,
        { w: wage, r: rate, a: wealth, z: ability, n: labor, s: savingsRatio },
        (values) => {
          const at = { ...symbols, ...exactAll(arithmetic, values) };
          const money = household.money.evaluate(arithmetic, at);
          const savings = arithmetic.mul(arithmetic.exact(values['s'] ?? Number.NaN), money);
          const price = arithmetic.sum([arithmetic.exact(1), at['tauC'] ?? arithmetic.exact(0)]);
          const consumption = arithmetic.div(arithmetic.sub(money, savings), price);
          return { income: household.income.evaluate(arithmetic, at), money, savings, consumption };
        },
      );
      return (['income', 'money', 'savings', 'consumption'] as const).flatMap((name) => [
        hasType(name, answer[name], floats, wealth.shape),
        agreesWithOracle(
          name,
          answer[name],
          expected.map((agent) => agent[name]),
          agentName(wealth),
        ),
      ]);
    },
  });
}
