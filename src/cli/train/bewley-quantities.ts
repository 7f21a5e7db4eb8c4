import type { Quantity } from '../../experiments/index.ts';
import { evaluated, logged, over } from '../../experiments/index.ts';

/**
 * What runs of the Bewley economy are compared by. Those of the log are of the economy that was trained in, with its
 * faults if it has any; those of the evaluation are of the policy in the economy as it is meant.
 */
export const bewleyQuantities: readonly Quantity[] = [
  {
    id: 'capital-labor',
    label: 'K/L, last fifth of the log',
    read: logged('market/capital_labor'),
    reference: evaluated('quantities.capitalLabor.reference'),
  },
  {
    id: 'labor',
    label: 'labour, last fifth of the log',
    read: logged('state/labor_mean'),
    reference: evaluated('quantities.labor.reference'),
  },
  {
    id: 'consumption',
    label: 'consumption, last fifth of the log',
    read: logged('state/consumption_mean'),
    reference: evaluated('quantities.consumption.reference'),
  },
  {
    id: 'savings-ratio',
    label: 'savings ratio, last fifth of the log',
    read: logged('state/aggregate_savings_ratio'),
    reference: evaluated('quantities.savingsRatio.reference'),
  },
  {
    id: 'consumption-over-savings',
    label: 'consumption over savings, last fifth of the log',
    read: over(logged('state/consumption_mean'), logged('state/savings_mean')),
    reference: over(evaluated('quantities.consumption.reference'), evaluated('quantities.capital.reference')),
  },
  {
    id: 'top5',
    label: 'share of the richest 5 %, last fifth of the log',
    read: logged('state/top5_share'),
    reference: evaluated('quantities.top5.reference'),
  },
  { id: 'loss', label: 'unweighted loss, last fifth of the log', read: logged('loss/unweighted') },
  {
    id: 'resource-residual',
    label: 'goods that appear or vanish, last fifth of the log',
    read: logged('market/resource_residual'),
  },
  {
    id: 'evaluated-capital-labor',
    label: 'K/L of the policy in the economy as it is meant',
    read: evaluated('quantities.capitalLabor.mean'),
    reference: evaluated('quantities.capitalLabor.reference'),
  },
  {
    id: 'euler-error',
    label: 'Euler error, log10 of the 99th percentile',
    read: evaluated('euler.ergodic.percentile99'),
    isLogarithm: true,
  },
];
