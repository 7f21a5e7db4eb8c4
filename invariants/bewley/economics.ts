import type { Law } from '../../src/verification/law.ts';
import { allInOne } from './all-in-one.ts';
import { budget } from './budget.ts';
import { eulerResidual } from './euler-residual.ts';
import { laborFoc } from './labor-foc.ts';
import { laborLoss } from './labor-loss.ts';
import { laborOptimum } from './labor-optimum.ts';
import type { BewleyExpressions } from './oracle/expressions.ts';
import { oracleOf } from './oracle/household.ts';
import { prices } from './prices.ts';
import { resourceConstraint } from './resource-constraint.ts';
import { taxes } from './taxes.ts';

/**
 * The laws on the economics of a Bewley economy, from its objects as text: the documented ones, or those of a user whose
 * utility, tax or technology is another. Everything that the laws compare with is derived from the text by symbols.
 *
 * @example bewleyEconomicsLaws({ ...documentedEconomy, output: 'A * K^alpha * L^(1 - alpha)' })
 */
export function bewleyEconomicsLaws(economy: BewleyExpressions): readonly Law[] {
  const oracle = oracleOf(economy);
  return [
    taxes(oracle),
    prices(oracle),
    budget(oracle),
    resourceConstraint(oracle),
    laborFoc(oracle),
    laborOptimum(oracle),
    laborLoss(oracle),
    eulerResidual(oracle),
    allInOne(oracle),
  ];
}
