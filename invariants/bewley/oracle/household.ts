import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { Expression } from '../../../src/numerics/symbolic.ts';
import { expression } from '../../../src/numerics/symbolic.ts';
import type { TensorValue } from '../../../src/verification/tensor-value.ts';
import { float32 } from '../../../src/verification/tensor-value.ts';
import type { BewleyExpressions, Preferences, Schedule, Taxes, Technology } from './expressions.ts';

/*
 * What follows from the expressions of an economy, by symbols. Ability is z (mathjs takes e for a number). w, r wage and
 * net return, a wealth, n labour, c consumption, aNext wealth of the next period; settings by their names, those of the
 * wealth tax tauA and xiA, the consumption tax tauC.
 */

/** Everything that laws compare with, derived for one kind of settings. */
export interface Household {
  readonly utility: Expression;
  /** ∂U/∂c and −∂U/∂n, of c and n. */
  readonly marginalUtility: Expression;
  readonly marginalDisutility: Expression;
  /** y, of w, z, n, r, a. */
  readonly income: Expression;
  /** m = N(y) + N_a(a). */
  readonly money: Expression;
  /** c = (m − a′)/(1 + τ_c). */
  readonly consumption: Expression;
  /** ∂m/∂n/(1 + τ_c): what an hour more buys of consumption. */
  readonly laborValue: Expression;
  /** R = ∂m/∂a: what a unit of wealth brings. */
  readonly afterTaxReturn: Expression;
  /** −∂U/∂n − ∂U/∂c · ∂m/∂n/(1 + τ_c), at a consumption of its own. */
  readonly laborCondition: Expression;
  /** Labour that consumption and income call for. */
  readonly laborAt: Expression;
  /** n over that labour, minus 1. */
  readonly relativeCondition: Expression;
  /** Utility of a period along its budget, of n and aNext; and its slope in n. */
  readonly objective: Expression;
  readonly objectiveSlope: Expression;
}

/** A tax schedule, of x. */
export interface Tax {
  readonly kept: Expression;
  readonly marginal: Expression;
}

/** Marginal products, of K and L. */
export interface Firm {
  readonly output: Expression;
  readonly wage: Expression;
  readonly mpk: Expression;
}

export interface BewleyOracle {
  readonly household: (preferences: Preferences, taxes: Taxes) => Household;
  readonly tax: (schedule: Schedule) => Tax;
  readonly firm: Firm;
  /** Consumption below which there is no utility at labour n. */
  readonly leastConsumption: (preferences: Preferences, n: number) => number;
  /** Consumption that leaves utility defined at labour n: as drawn, above the least that there must be. */
  readonly feasible: (preferences: Preferences, n: number, consumption: TensorValue) => TensorValue;
}

/** The oracle of an economy; derivations are made once for each text. */
export function oracleOf(economy: BewleyExpressions): BewleyOracle {
  const output = expression(economy.output);
  const households = new Map<string, Household>();
  const taxes = new Map<string, Tax>();
  const least = expression(economy.leastConsumption ?? '0');
  const leastConsumption = (preferences: Preferences, n: number): number =>
    least.at({ ...preferencesOf(preferences), n });
  return {
    household(preferences, { income, wealth }) {
      const texts = [
        economy.utility(preferences),
        economy.laborAt(preferences),
        economy.kept(income),
        economy.kept(wealth),
      ] as const;
      return cached(households, texts.join('\n'), () => deriveHousehold(...texts));
    },
    tax(schedule) {
      const text = economy.kept(schedule);
      return cached(taxes, text, () => {
        const kept = expression(text);
        return { kept, marginal: kept.derivative('x') };
      });
    },
    leastConsumption,
    feasible(preferences, n, consumption) {
      const lowest = leastConsumption(preferences, n);
      if (lowest === 0) return consumption;
      return float32(
        consumption.shape,
        Float32Array.from(consumption.data, (c) => c + lowest),
      );
    },
    firm: { output, wage: output.derivative('L'), mpk: output.derivative('K') },
  };
}

const INCOME = expression('w * z * n + r * a');

function deriveHousehold(
  utilityText: string,
  laborText: string,
  incomeText: string,
  wealthText: string,
): Household {
  const utility = expression(utilityText);
  const marginalUtility = utility.derivative('c');
  const marginalDisutility = negative(utility.derivative('n'));
  const keptWealth = expression(wealthText).substitute({
    x: expression('a'),
    tau: expression('tauA'),
    xi: expression('xiA'),
  });
  const money = composed('k + l', { k: expression(incomeText).substitute({ x: INCOME }), l: keptWealth });
  const laborValue = composed('d / (1 + tauC)', { d: money.derivative('n') });
  const laborAt = expression(laborText).substitute({ value: laborValue });
  const consumption = composed('(m - aNext) / (1 + tauC)', { m: money });
  const objective = utility.substitute({ c: consumption });
  return {
    utility,
    marginalUtility,
    marginalDisutility,
    income: INCOME,
    money,
    laborValue,
    afterTaxReturn: money.derivative('a'),
    laborCondition: composed('d - u * v', { d: marginalDisutility, u: marginalUtility, v: laborValue }),
    laborAt,
    relativeCondition: composed('n / l - 1', { l: laborAt }),
    consumption,
    objective,
    objectiveSlope: objective.derivative('n'),
  };
}

function negative(one: Expression): Expression {
  return composed('-d', { d: one });
}

/** Text with some symbols replaced by expressions. */
function composed(text: string, parts: Readonly<Record<string, Expression>>): Expression {
  return expression(text).substitute(parts);
}

function cached<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** Settings as symbols in double precision. */
export function settingsOf(preferences: Preferences, taxes: Taxes): Record<string, number> {
  return { ...preferencesOf(preferences), ...taxesOf(taxes) };
}

export function preferencesOf({ theta, gamma, beta }: Preferences): Record<string, number> {
  return { theta, gamma, beta };
}

export function taxesOf({ consumption, income, wealth }: Taxes): Record<string, number> {
  return { tauC: consumption, tau: income.tau, xi: income.xi, tauA: wealth.tau, xiA: wealth.xi };
}

export function technologyOf({ productivity, alpha, delta }: Technology): Record<string, number> {
  return { A: productivity, alpha, delta };
}

/** Settings as an engine has them: rounded once. */
export function roundedAll(
  arithmetic: RunningError,
  settings: Readonly<Record<string, number>>,
): Record<string, Bounded> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, arithmetic.rounded(value)]),
  );
}

/** Exact inputs by name. */
export function exactAll(
  arithmetic: RunningError,
  values: Readonly<Record<string, number>>,
): Record<string, Bounded> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, arithmetic.exact(value)]));
}

/**
 * The root of a slope in (low, high) by bisection to the last bits of a double: the labour that maximises a concave
 * utility. `high` where it is still rising there, undefined where it falls from `low` on.
 */
export function optimalLabor(
  slopeAt: (n: number) => number,
  [low, high]: readonly [number, number],
): number | undefined {
  if (slopeAt(high) >= 0) return high;
  if (!(slopeAt(low) > 0)) return undefined;
  let [below, above] = [low, high];
  for (let step = 0; step < 60; step += 1) {
    const middle = (below + above) / 2;
    if (slopeAt(middle) > 0) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}
