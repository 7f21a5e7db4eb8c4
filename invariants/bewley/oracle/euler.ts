import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { Household } from './household.ts';

/** Names of what the residual is taken at: today's, and `next…` of the next period. */
type Point = Readonly<Record<string, Bounded>>;

/** The Euler residual at a point, and the return in it, from settings and values with their bounds. */
export function eulerOf(
  arithmetic: RunningError,
  household: Household,
  settings: Point,
  point: Point,
): { readonly residual: Bounded; readonly afterTaxReturn: Bounded; readonly worth: Bounded } {
  const of = (name: string): Bounded => point[name] ?? arithmetic.exact(Number.NaN);
  const afterTaxReturn = household.afterTaxReturn.evaluate(arithmetic, {
    ...settings,
    w: of('nextWage'),
    r: of('nextRate'),
    z: of('nextAbility'),
    n: of('nextLabor'),
    a: of('nextWealth'),
  });
  const utility = household.marginalUtility.evaluate(arithmetic, {
    ...settings,
    c: of('consumption'),
    n: of('labor'),
  });
  const nextUtility = household.marginalUtility.evaluate(arithmetic, {
    ...settings,
    // As (c′/c)^(−θ) has it: the ratio is rounded before the power.
    c: arithmetic.mul(of('nextConsumption'), arithmetic.exact(1)),
    n: of('nextLabor'),
  });
  const growth = arithmetic.div(nextUtility, utility);
  const beta = settings['beta'] ?? arithmetic.exact(Number.NaN);
  const worth = arithmetic.mul(arithmetic.mul(growth, beta), afterTaxReturn);
  return { residual: arithmetic.sub(of('marginalReturn'), worth), afterTaxReturn, worth };
}
