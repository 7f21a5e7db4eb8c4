import fc from 'fast-check';
import { SuiteError } from '../../src/errors.ts';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { bewleyLaborCondition } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import type { Bench, Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, hasType, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import type { Economy } from './cases.ts';
import { agentName, atAgents, economyOf, LABOR, magnitude, preferences, taxes } from './cases.ts';
import type { Preferences, Taxes } from './oracle/expressions.ts';
import type { BewleyOracle, Household } from './oracle/household.ts';
import { exactAll, roundedAll, settingsOf } from './oracle/household.ts';

type Columns = Economy<'wealth' | 'ability' | 'hours' | 'consumption', 'wage' | 'rate'>;

interface Case {
  readonly preferences: Preferences;
  readonly taxes: Taxes;
  readonly economy: Columns;
}

/** The point on record: c 2, w 1.3, e 1.5, y 4, n 0.3, where more labour pays and the recorded loss asked for less. */
export const RECORDED: Case = {
  preferences: { theta: 1, gamma: 2, beta: 0.975 },
  taxes: { consumption: 0.065, income: { tau: 0.2, xi: 0.5 }, wealth: { tau: 0.1, xi: 0.5 } },
  economy: {
    consumption: everyone(2),
    ability: everyone(1.5),
    hours: everyone(0.3),
    // w e n + r a = 0.585 + 0.05 · 68.3 = 4.
    wealth: everyone(68.3),
    wage: float32([2, 1], [1.3, 1.3]),
    rate: float32([2, 1], [0.05, 0.05]),
  },
};

function everyone(x: number) {
  return float32([2, 5], new Float32Array(10).fill(x));
}

/** The labour residuals are those of the household's objective, and their squared loss points to the optimum. */
export function laborFoc(oracle: BewleyOracle): Law<Case> {
  return law<Case>({
    id: 'bewley/labor-foc',
    statement:
      'The labour residual is the symbolic derivative of the objective, 0 at the optimum; its squared loss falls towards the optimum; at the corner the bound stands in for it.',
    formula: 'n^γ − c^(−θ)/(1+τ_c) · w e (1−τ) y^(−ξ);  n/n* − 1;  sign of d(n/n* − 1)²/dn is that of n − n*',
    guards: 'labour collapses while the loss falls: the sign or the divisor of the condition is wrong',
    suspects: 'the labour condition (src/models/bewley/labor-condition.ts here)',
    oracle: 'derivation',
    bound:
      'forward error of the symbolic derivatives of utility and of the budget; signs are judged beyond it',
    needs: [bewleyLaborCondition],
    coverage: [
      { label: 'log utility', minimumShare: 0.2, shows: (sample) => sample.preferences.theta === 1 },
      { label: 'not log utility', minimumShare: 0.3, shows: (sample) => sample.preferences.theta !== 1 },
      { label: 'progressive tax', minimumShare: 0.3, shows: (sample) => sample.taxes.income.xi > 0 },
      { label: 'flat tax', minimumShare: 0.2, shows: (sample) => sample.taxes.income.xi === 0 },
      {
        label: 'an agent at the corner',
        minimumShare: 0.3,
        shows: (sample) => [...chosenLabor(oracle, sample)].some((n) => n > LABOR.maximum),
      },
      {
        label: 'half of the agents inside',
        minimumShare: 0.3,
        shows: (sample) => {
          const chosen = chosenLabor(oracle, sample);
          return chosen.filter((n) => n < LABOR.maximum).length > chosen.length / 2;
        },
      },
    ],
    cases: fc
      .oneof(
        { weight: 1, arbitrary: fc.constant(RECORDED) },
        {
          weight: 9,
          arbitrary: fc.record({
            preferences,
            taxes,
            economy: economyOf(
              {
                wealth: fc.oneof(
                  { weight: 1, arbitrary: fc.constant(0) },
                  { weight: 9, arbitrary: magnitude(1e-2, 100) },
                ),
                ability: magnitude(0.1, 10),
                hours: between(0.02, 0.99),
                consumption: magnitude(0.1, 10),
              },
              { wage: between(0.3, 3), rate: between(0.005, 0.2) },
            ),
          }),
        },
      )
      // At the corner too, where labour is highest.
      .map((sample) => ({
        ...sample,
        economy: {
          ...sample.economy,
          consumption: oracle.feasible(sample.preferences, LABOR.maximum, sample.economy.consumption),
        },
      })),
    async judge(sample, { call, arithmetic, floats }) {
      const { hours, wealth, ability, consumption, wage, rate } = sample.economy;
      const settings = { preferences: sample.preferences, taxes: sample.taxes };
      const answer = await call(bewleyLaborCondition, { ...settings, labor: LABOR, ...sample.economy });
      const slopes = answer.gradient ?? (await differences(call, sample));
      const household = oracle.household(sample.preferences, sample.taxes);
      const symbols = roundedAll(arithmetic, settingsOf(sample.preferences, sample.taxes));
      const maximum = arithmetic.rounded(LABOR.maximum);
      const name = agentName(hours);
      const columns = { n: hours, a: wealth, z: ability, c: consumption, w: wage, r: rate };
      const measured = atAgents(hours, columns, (values, index): readonly Measurement[] => {
        const at = { ...symbols, ...exactAll(arithmetic, values) };
        requireConsistent(household, { ...settingsOf(sample.preferences, sample.taxes), ...values });
        const chosen = household.laborAt.evaluate(arithmetic, at);
        const isCorner = chosen.value > maximum.value;
        // Where rounding decides which side of the corner an agent is on, both answers are right.
        if (Math.abs(chosen.value - maximum.value) <= chosen.bound + maximum.bound) return [];
        const { relative, absolute } = isCorner
          ? corner(household, at)
          : {
              relative: household.relativeCondition.evaluate(arithmetic, at),
              absolute: household.laborCondition.evaluate(arithmetic, at),
            };
        const got = (tensor: typeof hours): number => tensor.data[index] ?? Number.NaN;
        const isFar = Math.abs(relative.value) > 2 * relative.bound;
        return [
          agree('relative residual', got(answer.relative), relative.value, relative.bound, name(index)),
          agree('absolute residual', got(answer.absolute), absolute.value, absolute.bound, name(index)),
          ...(isFar
            ? [
                same(
                  'sign of the slope of the squared loss in labour',
                  signOf(got(slopes)),
                  signOf(relative.value),
                  name(index),
                ),
              ]
            : []),
        ];
      });
      return [
        hasType('relative residual', answer.relative, floats, hours.shape),
        hasType('absolute residual', answer.absolute, floats, hours.shape),
        ...(answer.gradient === null ? [] : [hasType('gradient', answer.gradient, floats, hours.shape)]),
        ...measured.flat(),
      ];

      function corner(one: Household, at: Record<string, Bounded>) {
        const n = at['n'] ?? arithmetic.exact(Number.NaN);
        const disutility = (labor: Bounded): Bounded =>
          one.marginalDisutility.evaluate(arithmetic, { ...at, n: labor });
        return {
          relative: arithmetic.sub(arithmetic.div(n, maximum), arithmetic.exact(1)),
          absolute: arithmetic.sub(disutility(n), disutility(maximum)),
        };
      }
    },
  });
}

/** Relative step of a difference: the condition has no feature as narrow, and rounding is far smaller. */
const STEP = 2 ** -6;

/** What a squared loss without a gradient shows of its slope in labour: a central difference of two calls. */
async function differences(call: Bench['call'], { preferences, taxes, economy }: Case): Promise<TensorValue> {
  const { hours } = economy;
  const squaresAt = async (factor: number): Promise<readonly number[]> => {
    const moved = float32(
      hours.shape,
      hours.data.map((n) => n * factor),
    );
    const settings = { preferences, taxes, labor: LABOR };
    const { relative } = await call(bewleyLaborCondition, { ...settings, ...economy, hours: moved });
    return Array.from(relative.data, (residual) => residual ** 2);
  };
  const [below, above] = [await squaresAt(1 - STEP), await squaresAt(1 + STEP)];
  return float32(
    hours.shape,
    above.map((square, index) => square - (below[index] ?? Number.NaN)),
  );
}

function signOf(x: number): string {
  return x > 0 ? '+' : x < 0 ? '−' : String(x);
}

function chosenLabor(oracle: BewleyOracle, sample: Case): readonly number[] {
  const { hours, wealth, ability, consumption, wage, rate } = sample.economy;
  const household = oracle.household(sample.preferences, sample.taxes);
  const settings = settingsOf(sample.preferences, sample.taxes);
  return atAgents(hours, { n: hours, a: wealth, z: ability, c: consumption, w: wage, r: rate }, (values) =>
    household.laborAt.at({ ...settings, ...values }),
  );
}

/** Beyond the rounding of some twenty operations in double precision. */
const INCONSISTENT = 1e-11;

/**
 * The text of `laborAt` must solve the condition that follows from the text of utility.
 *
 * @throws SuiteError `oracle-inconsistent`
 */
function requireConsistent(household: Household, values: Readonly<Record<string, number>>): void {
  const n = household.laborAt.at(values);
  // Beyond the bound utility need not be defined at this consumption.
  if (n > LABOR.maximum) return;
  const there = { ...values, n };
  const cost = household.marginalDisutility.at(there);
  const worth = household.marginalUtility.at(there) * household.laborValue.at(values);
  if (Math.abs(cost / worth - 1) < INCONSISTENT) return;
  throw new SuiteError({
    code: 'oracle-inconsistent',
    what: 'the expression `laborAt` does not solve the labour condition that follows from `utility`',
    given: `at n = ${n} an hour costs ${cost} and brings ${worth}`,
    todo: 'correct one of the two expressions',
  });
}
