import type { Quantity } from '../../experiments/index.ts';
import { evaluated, logged } from '../../experiments/index.ts';

/** What runs of the New Keynesian model are compared by. */
export const nkQuantities: readonly Quantity[] = [
  {
    id: 'error-output',
    label: 'error of X over the prior, root mean square',
    read: evaluated('prior.output.rootMeanSquare'),
  },
  {
    id: 'error-inflation',
    label: 'error of Π over the prior, root mean square',
    read: evaluated('prior.inflation.rootMeanSquare'),
  },
  { id: 'worst-output', label: 'error of X, worst', read: evaluated('prior.output.worst') },
  { id: 'worst-inflation', label: 'error of Π, worst', read: evaluated('prior.inflation.worst') },
  {
    id: 'residual-is',
    label: 'IS residual, log10 of the median',
    read: evaluated('residuals.is.median'),
    isLogarithm: true,
  },
  {
    id: 'residual-phillips',
    label: 'Phillips residual, log10 of the median',
    read: evaluated('residuals.phillips.median'),
    isLogarithm: true,
  },
  { id: 'loss', label: 'unweighted loss, last fifth of the log', read: logged('unweighted') },
  { id: 'loss-is', label: 'IS loss, last fifth of the log', read: logged('is') },
  { id: 'loss-phillips', label: 'Phillips loss, last fifth of the log', read: logged('phillips') },
];
