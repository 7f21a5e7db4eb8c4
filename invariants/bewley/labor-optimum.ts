import fc from 'fast-check';
import { bewleyLaborCondition } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import type { Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree } from '../../src/verification/measurement.ts';
import { reals } from '../../src/verification/tensor-value.ts';
import type { Economy } from './cases.ts';
import { agentName, atAgents, economyOf, LABOR, magnitude, preferences, taxes } from './cases.ts';
import type { Preferences, Taxes } from './oracle/expressions.ts';
import type { BewleyOracle } from './oracle/household.ts';
import { exactAll, optimalLabor, roundedAll, settingsOf } from './oracle/household.ts';

interface Case {
  readonly preferences: Preferences;
  readonly taxes: Taxes;
  readonly economy: Economy<'wealth' | 'ability' | 'savedShare', 'wage' | 'rate'>;
}

/** Where the search begins; who likes to work still less, a rentier on flat taxes, is left out. */
const LEAST = 1e-4;

/** Labour and consumption of an agent who is left out: there is utility at them. */
const SOME = 0.5;
const PLENTY = 10;

/** Where a household that knows its budget works as much as it likes best, the labour residual is 0. */
export function laborOptimum(oracle: BewleyOracle): Law<Case> {
  return law<Case>({
    id: 'bewley/labor-optimum',
    statement:
      'At the labour that maximises utility along the budget, found from the objective itself, the labour residual is 0; also where the maximum is the upper bound.',
    formula: 'n = argmax U((m(n) − a′)/(1+τ_c), n)  ⇒  n/n* − 1 = 0',
    guards: 'a labour condition that is not that of the budget: households are trained to work too little',
    suspects:
      'the labour condition (src/models/bewley/labor-condition.ts here) and the tax that stands in it',
    oracle: 'derivation',
    bound: 'forward error of the condition at an optimum and a consumption that are rounded once',
    needs: [bewleyLaborCondition],
    budget: { runs: 40 },
    coverage: [
      { label: 'progressive tax', minimumShare: 0.3, shows: (sample) => sample.taxes.income.xi > 0 },
      { label: 'tax on consumption', minimumShare: 0.6, shows: (sample) => sample.taxes.consumption > 0.01 },
    ],
    cases: fc.record({
      preferences,
      taxes,
      economy: economyOf(
        {
          wealth: magnitude(1e-2, 30),
          ability: magnitude(0.3, 5),
          savedShare: between(0.05, 0.9),
        },
        { wage: between(0.5, 2), rate: between(0.01, 0.15) },
      ),
    }),
    async judge(sample, { call, arithmetic, floats }) {
      const { wealth, ability, savedShare, wage, rate } = sample.economy;
      const settings = settingsOf(sample.preferences, sample.taxes);
      const household = oracle.household(sample.preferences, sample.taxes);
      const columns = { a: wealth, z: ability, w: wage, r: rate, share: savedShare };
      const optima = atAgents(wealth, columns, (values) => {
        const symbols = { ...settings, ...values };
        // So much is saved that consumption is positive however little is worked.
        const least = household.money.at({ ...symbols, n: LEAST });
        const given = { ...symbols, aNext: (values['share'] ?? Number.NaN) * least };
        const consumptionAt = (n: number): number => household.consumption.at({ ...given, n });
        const n = optimalLabor(
          (hours) =>
            // Who works so much that there is no utility left works too much.
            consumptionAt(hours) > oracle.leastConsumption(sample.preferences, hours)
              ? household.objectiveSlope.at({ ...given, n: hours })
              : -1,
          [LEAST, LABOR.maximum],
        );
        return n === undefined ? undefined : { n, c: consumptionAt(n) };
      });
      const hours = reals(
        floats,
        wealth.shape,
        optima.map((one) => one?.n ?? SOME),
      );
      const consumption = reals(
        floats,
        wealth.shape,
        optima.map((one) => one?.c ?? PLENTY),
      );
      const { relative } = await call(bewleyLaborCondition, {
        preferences: sample.preferences,
        taxes: sample.taxes,
        labor: LABOR,
        wage,
        rate,
        wealth,
        ability,
        hours,
        consumption,
      });
      const rounded = roundedAll(arithmetic, settings);
      const name = agentName(wealth);
      const measured = atAgents(wealth, columns, (values, index): readonly Measurement[] => {
        const optimum = optima[index];
        if (optimum === undefined) return [];
        const { n, c } = optimum;
        const at = {
          ...rounded,
          ...exactAll(arithmetic, values),
          n: arithmetic.rounded(n),
          c: arithmetic.rounded(c),
        };
        const chosen = household.laborAt.evaluate(arithmetic, at);
        const maximum = arithmetic.rounded(LABOR.maximum);
        const isCorner = n === LABOR.maximum;
        // At a corner that hardly binds, the condition itself may be on either side of the bound.
        if (isCorner && chosen.value - chosen.bound <= maximum.value + maximum.bound) return [];
        const { bound } = isCorner
          ? arithmetic.sub(arithmetic.div(at.n, maximum), arithmetic.exact(1))
          : household.relativeCondition.evaluate(arithmetic, at);
        return [agree('residual at the optimum', relative.data[index] ?? Number.NaN, 0, bound, name(index))];
      });
      return measured.flat();
    },
  });
}
