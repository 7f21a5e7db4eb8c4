import type { Quantity } from '../../experiments/index.ts';
import { evaluated, logged, over } from '../../experiments/index.ts';

/** A number of the simulated economy, and the same of the reference solution. */
function simulated(id: string, name: string, label: string): Quantity {
  return {
    id,
    label: `${label}, simulated`,
    read: evaluated(`quantities.${name}.mean`),
    reference: evaluated(`reference.${name}`),
  };
}

/** What runs of the Bewley economy are compared by: what the policy does, and what its log showed at the end. */
export const bewleyQuantities: readonly Quantity[] = [
  {
    id: 'consumption-over-savings',
    label: 'consumption over savings, last fifth of the log',
    read: over(logged('state/consumption_mean'), logged('state/savings_mean')),
    reference: over(evaluated('reference.consumption'), evaluated('reference.capital')),
  },
  {
    id: 'savings-ratio-logged',
    label: 'savings over money, last fifth of the log',
    read: logged('state/aggregate_savings_ratio'),
    reference: evaluated('reference.savingsRatio'),
  },
  {
    id: 'capital-labor-logged',
    label: 'K/L, last fifth of the log',
    read: logged('market/capital_labor'),
    reference: evaluated('reference.capitalLabor'),
  },
  {
    id: 'labor-logged',
    label: 'labour, last fifth of the log',
    read: logged('state/labor_mean'),
    reference: evaluated('reference.labor'),
  },
  { id: 'loss', label: 'unweighted loss, last fifth of the log', read: logged('loss/unweighted') },
  {
    id: 'resource-residual',
    label: 'resource residual, last fifth of the log',
    read: logged('market/resource_residual'),
  },
  simulated('capital-labor', 'capitalLabor', 'K/L'),
  simulated('labor', 'labor', 'labour'),
  simulated('consumption', 'consumption', 'consumption'),
  simulated('savings-ratio', 'savingsRatio', 'savings over money'),
  simulated('discounted-return', 'discountedReturn', 'β (1 + r)'),
  simulated('gini', 'giniWealth', 'Gini of wealth'),
  simulated('top5', 'top5', 'share of the richest 5 %'),
  {
    id: 'euler-error',
    label: 'Euler error, log10 of the 99th percentile',
    read: evaluated('euler.ergodic.percentile99'),
    isLogarithm: true,
  },
];
