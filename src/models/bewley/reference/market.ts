import { InputError } from '../../../errors.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import { capitalLaborAt } from './firm.ts';
import type { Root } from './root.ts';
import { rootIn } from './root.ts';

/** Doubling steps of ln(κ − κ_min), from a thousandth on: the last is beyond 10¹². */
const MOST_STEPS = 16;

/** Shares of the bracket that are left out where its ends have no household problem. */
const EDGE = 1e-9;

/** What households would save at prices, against what the firm would hire. */
export interface ExcessSupply {
  /** (K − κL)/(K + κL), between −1 and 1: positive where households supply too much capital. */
  (capitalLabor: number): number;
}

/** The κ = K/L between which there can be an equilibrium. */
export interface CapitalLaborRange {
  readonly least: number;
  readonly most: number;
}

/**
 * The range of κ that is searched. With flat taxes wealth has no bound where β(1 + r(1−τ) − τ_a) ≥ 1: κ is above
 * that. With progressive taxes income must be positive at every wealth, r > 0, and κ is below that.
 */
export function capitalLaborRange({
  preferences,
  technology,
  taxes,
}: BewleyConfiguration): CapitalLaborRange {
  const isFlat = taxes.income.xi === 0 && taxes.wealth.xi === 0;
  if (isFlat) {
    const rate = (1 / preferences.beta - 1 + taxes.wealth.tau) / (1 - taxes.income.tau);
    const mpk = rate + technology.delta;
    return {
      least: mpk > 0 ? capitalLaborAt(technology, mpk) : Number.POSITIVE_INFINITY,
      most: Number.POSITIVE_INFINITY,
    };
  }
  const most =
    technology.delta === 0 ? Number.POSITIVE_INFINITY : capitalLaborAt(technology, technology.delta);
  return { least: 0, most: most * (1 - EDGE) };
}

/**
 * The κ at which the market for capital clears: from a guess, steps of ln(κ − κ_min) that double until supply
 * changes sides, then a root inside.
 *
 * @throws InputError `no-equilibrium`
 */
export function clearingCapitalLabor(
  excess: ExcessSupply,
  { least, most }: CapitalLaborRange,
  guess: number,
  { firstStep, tolerance }: { readonly firstStep: number; readonly tolerance: number },
): Root {
  const at = (x: number): number => Math.min(most, least + Math.exp(x));
  const f = (x: number): number => excess(at(x));
  let x = Math.log(guess - least);
  let value = f(x);
  const start = { kappa: at(x), value };
  // Too much supply: capital must be more plentiful, and its return lower.
  const sign = value > 0 ? 1 : -1;
  let step = firstStep;
  for (let count = 0; count < MOST_STEPS && Math.abs(value) >= tolerance; count += 1) {
    const [before, valueBefore] = [x, value];
    x += sign * step;
    step *= 2;
    value = f(x);
    if (value > 0 !== valueBefore > 0) {
      const ends =
        sign > 0
          ? { low: before, high: x, atLow: valueBefore, atHigh: value }
          : { low: x, high: before, atLow: value, atHigh: valueBefore };
      const root = rootIn(f, ends, tolerance);
      return { x: at(root.x), value: root.value };
    }
    if (at(x) === most) break;
  }
  if (Math.abs(value) < tolerance) return { x: at(x), value };
  throw new InputError({
    code: 'no-equilibrium',
    what: 'no price of capital clears the market: there is no stationary equilibrium in the bracket',
    given: `K/L from ${start.kappa} to ${at(x)}, with excess supply of capital from ${start.value} to ${value}`,
    expected: 'excess supply that changes its sign',
    todo: 'look for parameters that make saving worthless, or never enough: the discount factor, the taxes on wealth',
  });
}
