import fc from 'fast-check';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { bewleyEulerResidual } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import type { Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { Economy } from './cases.ts';
import { agentName, atAgents, economyOf, LABOR, magnitude, preferences, taxes } from './cases.ts';
import { eulerOf } from './oracle/euler.ts';
import type { Preferences, Taxes } from './oracle/expressions.ts';
import type { BewleyOracle } from './oracle/household.ts';
import { exactAll, roundedAll, settingsOf } from './oracle/household.ts';

type Agents =
  'consumption' | 'labor' | 'marginalReturn' | 'nextConsumption' | 'nextLabor' | 'nextWealth' | 'nextAbility';

interface Case {
  readonly preferences: Preferences;
  readonly taxes: Taxes;
  readonly economy: Economy<Agents, 'rate' | 'mpk' | 'nextWage' | 'nextRate' | 'nextMpk'>;
}

const isUntaxed = ({ consumption, income, wealth }: Taxes): boolean =>
  [consumption, income.tau, income.xi, wealth.tau, wealth.xi].every((rate) => rate === 0);

/** The Euler residual of a draw is that of the objective, with the net return of the next period after taxes. */
export function eulerResidual(oracle: BewleyOracle): Law<Case> {
  return law<Case>({
    id: 'bewley/euler-residual',
    statement:
      'The Euler residual of a draw is h less the discounted growth of marginal utility times what a unit of wealth brings next period after taxes, the symbolic derivative of money in wealth; without taxes that is 1 + r′.',
    formula: 'e = h − β u_c(c′, n′)/u_c(c, n) · ∂m′/∂a′,  ∂m′/∂a′ = r′ (1−τ) y′^(−ξ) + (1−τ_a) a′^(−ξ_a)',
    guards: 'savings of another economy: the loss is small, and K/L is far from its reference',
    suspects:
      'the after-tax return (src/models/bewley/household.ts here): exponents, the wealth term, net and gross, this period and next',
    oracle: 'derivation',
    bound: 'forward error of the symbolic derivatives; the ratio of consumption may be rounded first',
    needs: [bewleyEulerResidual],
    coverage: [
      { label: 'no tax', minimumShare: 0.05, shows: (sample) => isUntaxed(sample.taxes) },
      {
        label: 'both taxes progressive',
        minimumShare: 0.15,
        shows: ({ taxes: { income, wealth } }) => income.xi > 0 && wealth.xi > 0,
      },
      {
        label: 'no wealth next period',
        minimumShare: 0.1,
        shows: ({ economy }) => economy.nextWealth.data.some((a) => a === 0),
      },
      { label: 'log utility', minimumShare: 0.2, shows: (sample) => sample.preferences.theta === 1 },
      { label: 'not log utility', minimumShare: 0.3, shows: (sample) => sample.preferences.theta !== 1 },
    ],
    cases: fc
      .record({
        preferences,
        taxes,
        economy: economyOf(
          {
            consumption: magnitude(0.2, 5),
            labor: between(0.02, 0.99),
            marginalReturn: between(0.2, 1.5),
            nextConsumption: magnitude(0.2, 5),
            nextLabor: between(0.02, 0.99),
            nextWealth: magnitude(1e-2, 100),
            nextAbility: magnitude(0.1, 10),
          },
          {
            rate: between(0.005, 0.15),
            mpk: between(0.05, 0.3),
            nextWage: between(0.3, 3),
            nextRate: between(0.005, 0.15),
            nextMpk: between(0.05, 0.3),
          },
        ),
      })
      .map((sample) => {
        const feasible = (consumption: Case['economy']['consumption']): Case['economy']['consumption'] =>
          oracle.feasible(sample.preferences, LABOR.maximum, consumption);
        const { consumption, nextConsumption } = sample.economy;
        return {
          ...sample,
          economy: {
            ...sample.economy,
            consumption: feasible(consumption),
            nextConsumption: feasible(nextConsumption),
          },
        };
      })
      // Nobody is without wealth where its marginal tax is infinite.
      .map((sample) => (sample.taxes.wealth.xi > 0 ? sample : withPoor(sample))),
    async judge(sample, { call, arithmetic, floats }) {
      const { economy } = sample;
      const answer = await call(bewleyEulerResidual, {
        preferences: sample.preferences,
        taxes: sample.taxes,
        today: {
          consumption: economy.consumption,
          labor: economy.labor,
          marginalReturn: economy.marginalReturn,
          rate: economy.rate,
          mpk: economy.mpk,
        },
        next: {
          consumption: economy.nextConsumption,
          labor: economy.nextLabor,
          wealth: economy.nextWealth,
          ability: economy.nextAbility,
          wage: economy.nextWage,
          rate: economy.nextRate,
          mpk: economy.nextMpk,
        },
      });
      const household = oracle.household(sample.preferences, sample.taxes);
      const settings = roundedAll(arithmetic, settingsOf(sample.preferences, sample.taxes));
      const shape = economy.consumption.shape;
      const name = agentName(economy.consumption);
      const expected = atAgents(economy.consumption, economy, (values) =>
        eulerOf(arithmetic, household, settings, exactAll(arithmetic, values)),
      );
      const untaxed = (): readonly Bounded[] =>
        atAgents(economy.consumption, economy, (values) =>
          arithmetic.sum([arithmetic.exact(1), arithmetic.exact(values['nextRate'] ?? Number.NaN)]),
        );
      const returns = expected.map(({ afterTaxReturn }) => afterTaxReturn);
      return [
        hasType('Euler residual', answer.residual, floats, shape),
        hasType('after-tax return', answer.afterTaxReturn, floats, shape),
        agreesWithOracle('after-tax return', answer.afterTaxReturn, returns, name),
        agreesWithOracle(
          'Euler residual',
          answer.residual,
          expected.map(({ residual }) => residual),
          name,
        ),
        ...(isUntaxed(sample.taxes)
          ? [agreesWithOracle('return without taxes', answer.afterTaxReturn, untaxed(), name)]
          : []),
      ];
    },
  });
}

/** Agents who own little own nothing. */
function withPoor(sample: Case): Case {
  const { nextWealth } = sample.economy;
  const data = Float32Array.from(nextWealth.data, (a) => (a < 0.03 ? 0 : a));
  return { ...sample, economy: { ...sample.economy, nextWealth: { ...nextWealth, data } } };
}
