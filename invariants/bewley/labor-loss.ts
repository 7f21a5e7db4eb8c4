import fc from 'fast-check';
import { bewleyLaborLoss } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import type { Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import { same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { LABOR, magnitude, preferences, taxes } from './cases.ts';
import type { Preferences, Taxes } from './oracle/expressions.ts';
import type { BewleyOracle } from './oracle/household.ts';
import { exactAll, optimalLabor, roundedAll, settingsOf } from './oracle/household.ts';

interface Case {
  readonly preferences: Preferences;
  readonly taxes: Taxes;
  /** Of every agent: the loss is a mean, and alike agents make it that of one. */
  readonly agent: Readonly<Record<'wealth' | 'ability' | 'consumption' | 'wage' | 'rate', number>>;
}

const WORLDS = 2;
const AGENTS = 5;

/** Where the search begins, and an optimum off which there still is room. */
const LEAST = 1e-3;
const MOST = 0.9 * LABOR.maximum;

/** How far labour is moved off the optimum, relative to it, and the step of a difference of calls. */
const OFF = 2 ** -4;
const STEP = 2 ** -7;

/** Squares and their mean round too, as do both losses. */
const ROUNDINGS = 2;

/** A labour loss of which only the value is known is 0 at the optimum, and falls towards it. */
export function laborLoss(oracle: BewleyOracle): Law<Case> {
  return law<Case>({
    id: 'bewley/labor-loss',
    statement:
      'A mean of squared labour residuals, absolute or relative, is 0 where labour is what consumption and income call for, and falls towards it from both sides.',
    formula: 'L(n*) = 0;  sign of dL/dn at n*(1 ± d) is ±, by differences of calls',
    guards: 'labour collapses while the loss falls, seen through nothing but the value of the loss',
    suspects: 'the labour condition: the sign before c^(−θ), its divisor, the tax in it',
    oracle: 'derivation',
    bound:
      'the residual at the optimum is off by its forward error, and off the optimum by at least d: L(n*)/L(n*(1 + d)) is below the square of their ratio, for the absolute residual or the relative one, whichever is larger',
    needs: [bewleyLaborLoss],
    cases: fc
      .record({
        preferences,
        taxes,
        agent: fc.record({
          wealth: magnitude(1e-2, 30),
          ability: magnitude(0.3, 5),
          consumption: magnitude(0.3, 10),
          wage: between(0.5, 2),
          rate: between(0.005, 0.15),
        }),
      })
      // Labour at the bound must leave utility defined; the corner is judged by `bewley/labor-foc`.
      .map((sample) => ({
        ...sample,
        agent: {
          ...sample.agent,
          consumption: Math.fround(
            oracle.feasible(sample.preferences, LABOR.maximum, float32([1], [sample.agent.consumption]))
              .data[0] ?? Number.NaN,
          ),
        },
      }))
      .filter((sample) => {
        const n = optimum(oracle, sample);
        return n !== undefined && n < MOST;
      }),
    async judge(sample, { call, arithmetic }) {
      const { wage, rate, ...own } = sample.agent;
      const best = Math.fround(optimum(oracle, sample) ?? Number.NaN);
      const lossAt = async (factor: number): Promise<number> => {
        const answer = await call(bewleyLaborLoss, {
          preferences: sample.preferences,
          taxes: sample.taxes,
          labor: LABOR,
          wealth: everyone(own.wealth),
          ability: everyone(own.ability),
          consumption: everyone(own.consumption),
          hours: everyone(best * factor),
          wage: worlds(wage),
          rate: worlds(rate),
        });
        return answer.loss;
      };
      const [here, there] = [await lossAt(1), await lossAt(1 + OFF)];
      const slopes = [-1, 1].map(async (side) => {
        const rise = (await lossAt(1 + side * (OFF + STEP))) - (await lossAt(1 + side * (OFF - STEP)));
        const at = `labour ${side < 0 ? 'below' : 'above'} the optimum ${best}`;
        return same('loss away from the optimum', rise > 0 ? 'rising' : 'not rising', 'rising', at);
      });
      return [
        {
          quantity: `loss at the optimum, over that with labour ${100 * OFF} % above it`,
          measured: Math.abs(here / there),
          allowed: ROUNDINGS * largestRatio(best),
          got: String(here),
          expected: `0, beside ${there}`,
        },
        ...(await Promise.all(slopes)),
      ];

      /** Square of what a residual may be at the optimum over what it is off it, absolute or relative. */
      function largestRatio(n: number): number {
        const household = oracle.household(sample.preferences, sample.taxes);
        const at = (hours: number) => ({
          ...roundedAll(arithmetic, settingsOf(sample.preferences, sample.taxes)),
          ...exactAll(arithmetic, symbolsAt(sample, hours)),
        });
        const ratios = [household.relativeCondition, household.laborCondition].map((condition) => {
          const [near, far] = [at(n), at(Math.fround(n * (1 + OFF)))].map((symbols) =>
            condition.evaluate(arithmetic, symbols),
          );
          if (near === undefined || far === undefined) return Number.NaN;
          return (Math.abs(near.value) + near.bound) / (Math.abs(far.value) - far.bound);
        });
        return Math.max(...ratios) ** 2;
      }
    },
  });
}

/** The labour that solves the condition at the consumption of the case; the bound where it is below it. */
function optimum(oracle: BewleyOracle, sample: Case): number | undefined {
  const household = oracle.household(sample.preferences, sample.taxes);
  const settings = settingsOf(sample.preferences, sample.taxes);
  return optimalLabor(
    (n) => -household.relativeCondition.at({ ...settings, ...symbolsAt(sample, n) }),
    [LEAST, LABOR.maximum],
  );
}

function symbolsAt({ agent }: Case, n: number): Readonly<Record<string, number>> {
  return {
    n,
    a: agent.wealth,
    z: agent.ability,
    c: agent.consumption,
    w: agent.wage,
    r: agent.rate,
  };
}

function everyone(x: number): TensorValue {
  return float32([WORLDS, AGENTS], new Float32Array(WORLDS * AGENTS).fill(x));
}

function worlds(x: number): TensorValue {
  return float32([WORLDS, 1], new Float32Array(WORLDS).fill(x));
}
