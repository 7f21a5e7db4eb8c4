import { InputError } from '../../../errors.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import { factorPrices } from './firm.ts';
import { householdTerms, taxableIncome } from './household.ts';
import type { AbilityChain } from './ability-chain.ts';
import { aggregatesOf } from './aggregates.ts';
import { inequalityOf } from './inequality.ts';
import { capitalLaborRange, clearingCapitalLabor } from './market.ts';
import type { AgentType, EquilibriumFigures } from './solution.ts';
import { figuresOf } from './solution.ts';
import { oneTypeSteadyState, stationaryAgent } from './steady-state.ts';

/** Excess supply that is left, as a share: prices are then right to as many digits. */
const TOLERANCE = 1e-12;

/** A steady state, and the prices that were tried. */
export interface SteadyState {
  readonly figures: EquilibriumFigures;
  readonly types: readonly AgentType[];
  readonly prices: number;
}

/**
 * The stationary equilibrium of agents whose ability never changes. Nobody moves, so that the distribution of wealth is
 * a point a type, and the equations of the steady state are solved as they are. One type: β R = 1. Several: each owns
 * what β R(a) = 1 says, which needs a progressive tax; prices clear the market.
 *
 * @throws InputError `wealth-indeterminate` for several types under flat taxes, `no-equilibrium`
 */
export function steadyState(
  configuration: BewleyConfiguration,
  { abilities, shares }: Pick<AbilityChain, 'abilities' | 'shares'>,
): SteadyState {
  const [ability = Number.NaN] = abilities;
  if (abilities.length === 1) {
    const { capitalLabor, agent } = oneTypeSteadyState(configuration, ability);
    return { ...steadyStateAt(configuration, capitalLabor, [agent]), prices: 1 };
  }
  const { income, wealth } = configuration.taxes;
  if (income.xi === 0 && wealth.xi === 0) {
    throw new InputError({
      code: 'wealth-indeterminate',
      what: 'agents of several fixed abilities under flat taxes have no stationary distribution of their own',
      given: `${abilities.length} abilities, ξ = 0 and ξ_a = 0`,
      expected: 'one ability, a progressive tax, or risk: any wealth is kept for ever where β R = 1 for all',
      todo: 'use the preset one-type, set taxes.income.xi above 0, or set complete to false',
    });
  }
  let prices = 0;
  const typesAt = (capitalLabor: number): readonly AgentType[] => {
    const terms = householdTerms(configuration, factorPrices(configuration.technology, capitalLabor));
    return abilities.map((one, index) => {
      const share = shares[index] ?? Number.NaN;
      const nobody = { ability: one, share, assets: Number.NaN, labor: Number.NaN, consumption: Number.NaN };
      return stationaryAgent(terms, one, share) ?? nobody;
    });
  };
  const mean = abilities.reduce((sum, one, index) => sum + one * (shares[index] ?? Number.NaN), 0);
  const { x } = clearingCapitalLabor(
    (capitalLabor) => {
      prices += 1;
      const types = typesAt(capitalLabor);
      const capital = types.reduce((sum, { share, assets }) => sum + share * assets, 0);
      const labor = types.reduce((sum, one) => sum + one.share * one.ability * one.labor, 0);
      return (capital - capitalLabor * labor) / (capital + capitalLabor * labor);
    },
    capitalLaborRange(configuration),
    oneTypeSteadyState(configuration, mean).capitalLabor,
    { tolerance: TOLERANCE, firstStep: 0.2 },
  );
  return { ...steadyStateAt(configuration, x, typesAt(x)), prices };
}

function steadyStateAt(
  configuration: BewleyConfiguration,
  capitalLabor: number,
  types: readonly AgentType[],
): Omit<SteadyState, 'prices'> {
  const prices = factorPrices(configuration.technology, capitalLabor);
  const terms = householdTerms(configuration, prices);
  // A state a type: types × 1 points would give all the same wealth, so each is aggregated with its own.
  const columns = types.map(({ ability, share, assets, labor, consumption }) => {
    const income = taxableIncome(terms, assets, prices.wage * ability * labor);
    const policy = {
      consumption: Float64Array.of(consumption),
      labor: Float64Array.of(labor),
      saved: Float64Array.of(assets),
      income: Float64Array.of(income),
    };
    return aggregatesOf(configuration.taxes, [ability], [assets], policy, [share]);
  });
  const [first, ...others] = columns;
  if (first === undefined) throw new TypeError('an economy has at least one type of agents');
  const aggregates = others.reduce((sum, column) => {
    const keys = Object.keys(sum) as (keyof typeof sum)[];
    return Object.fromEntries(keys.map((key) => [key, sum[key] + column[key]])) as unknown as typeof sum;
  }, first);
  const holdings = types.map(({ assets, share }) => ({ owned: assets, share }));
  return {
    figures: figuresOf(configuration, prices, capitalLabor, aggregates, inequalityOf(holdings)),
    types,
  };
}
