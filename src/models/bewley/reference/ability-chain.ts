import { starAbility, starShare } from '../ability.ts';
import type { BewleyAbility } from '../configuration.ts';
import type { ReferenceGrid } from './grid.ts';
import { stationaryDistribution, tauchen } from './tauchen.ts';

/** Ability as a Markov chain. */
export interface AbilityChain {
  /** Ability by state: normal ones ascending, then the star where there is one. */
  readonly abilities: readonly number[];
  readonly transition: readonly (readonly number[])[];
  /** Long-run share of each state. */
  readonly shares: readonly number[];
  readonly hasStar: boolean;
}

/**
 * Ability of an economy on a grid: log ability by Tauchen's method, within its truncation, and the star state. A normal
 * agent becomes a star with probability p; a star stays one with q, and otherwise draws from the stationary law of
 * normal ability.
 */
export function abilityChain(
  ability: BewleyAbility,
  { nodes, deviations }: Pick<ReferenceGrid, 'nodes' | 'deviations'>,
): AbilityChain {
  const width = Math.min(deviations, ability.truncation ?? deviations);
  const normal = tauchen(ability, nodes, width);
  const shares = stationaryDistribution(normal);
  const abilities = normal.states.map((log) => ability.median * Math.exp(log));
  const { become, stay } = ability.star;
  if (become === 0) return { abilities, transition: normal.transition, shares, hasStar: false };
  const stars = starShare(ability);
  return {
    abilities: [...abilities, starAbility(ability)],
    transition: [
      ...normal.transition.map((row) => [...row.map((share) => (1 - become) * share), become]),
      [...shares.map((share) => (1 - stay) * share), stay],
    ],
    shares: [...shares.map((share) => (1 - stars) * share), stars],
    hasStar: true,
  };
}
