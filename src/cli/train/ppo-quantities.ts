import type { Quantity } from '../../experiments/index.ts';
import { evaluated, logged } from '../../experiments/index.ts';

/** What runs of an agent are compared by: what it earns, and what its log showed at the end. */
export const ppoQuantities: readonly Quantity[] = [
  {
    id: 'return-sampled',
    label: 'return, actions drawn',
    read: evaluated('sampled.return.mean'),
    reference: evaluated('optimum.best.return.mean'),
  },
  {
    id: 'return-greedy',
    label: 'return, actions without noise',
    read: evaluated('greedy.return.mean'),
    reference: evaluated('optimum.best.return.mean'),
  },
  { id: 'length', label: 'steps of an episode, actions drawn', read: evaluated('sampled.length.mean') },
  {
    id: 'optimum-gap',
    label: 'discounted return below the best',
    read: evaluated('optimum.discountedReturnGap'),
  },
  {
    id: 'action-error',
    label: 'action, distance from the best',
    read: evaluated('optimum.action.meanError'),
  },
  {
    id: 'return-logged',
    label: 'return, last fifth of the log',
    read: logged('charts/episodic_return'),
  },
  {
    id: 'value-loss',
    label: 'value loss without weights, last fifth of the log',
    read: logged('losses/value_loss'),
  },
  {
    id: 'explained-variance',
    label: 'explained variance, last fifth of the log',
    read: logged('losses/explained_variance'),
  },
  { id: 'divergence', label: 'KL divergence of an update, k3', read: logged('losses/approx_kl') },
  { id: 'clip-fraction', label: 'clip fraction', read: logged('losses/clipfrac') },
  { id: 'entropy', label: 'entropy', read: logged('losses/entropy') },
];
