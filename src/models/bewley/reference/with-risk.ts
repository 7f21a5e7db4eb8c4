import { InputError } from '../../../errors.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import { factorPrices } from './firm.ts';
import type { HouseholdTerms } from './household.ts';
import { householdTerms } from './household.ts';
import type { AbilityChain } from './ability-chain.ts';
import type { Aggregates } from './aggregates.ts';
import { aggregatesOf } from './aggregates.ts';
import { firstDistribution, stationaryDistribution, widenedDistribution } from './distribution.ts';
import { element } from './element.ts';
import type { ReferenceGrid } from './grid.ts';
import { assetPoints } from './grid.ts';
import { capitalLaborRange, clearingCapitalLabor } from './market.ts';
import type { Policy } from './policy.ts';
import type { Work } from './solution.ts';
import { firstPolicy, stationaryPolicy, widenedPolicy } from './stationary-policy.ts';
import { oneTypeSteadyState } from './steady-state.ts';

/** How exactly an equilibrium is solved. */
interface Precision {
  /** Relative change of consumption in a step. */
  readonly policy: number;
  /** Share of agents that move in a period. */
  readonly distribution: number;
  /** Excess supply of capital, (K − κL)/(K + κL). */
  readonly market: number;
  /** Of the search for prices, in ln(κ − κ_min): the distance at which the root is looked for first. */
  readonly firstStep: number;
}

/** To find out how far wealth reaches. */
const ROUGH: Precision = { policy: 1e-6, distribution: 1e-9, market: 1e-3, firstStep: 0.2 };
/** The same on a wider grid, which moves prices by some per cent. */
const ROUGH_AGAIN: Precision = { ...ROUGH, firstStep: 0.02 };
/** To report: errors of the grid are a hundred times larger, and a tenth of the excess is noise of the other two. */
const FINE: Precision = { policy: 1e-9, distribution: 1e-12, market: 1e-6, firstStep: 0.002 };

/** Wealth of those who save the last point or more, over all wealth, that is small enough to be left out. */
const LEAST_SHARE_AT_TOP = 1e-7;
/** How many times as far the grid reaches, each time that it is too narrow. */
const WIDENING = 4;
const MOST_WIDENINGS = 12;

/** Where a search for prices is. */
export interface SolveProgress {
  readonly prices: number;
  readonly capitalLabor: number;
  readonly excess: number;
  readonly top: number;
}

/** The equilibrium of an economy with risk, by state. */
export interface RiskyEquilibrium {
  readonly terms: HouseholdTerms;
  readonly capitalLabor: number;
  readonly assets: Float64Array;
  readonly policy: Policy;
  readonly mass: Float64Array;
  readonly aggregates: Aggregates;
  readonly work: Work;
}

/**
 * The stationary equilibrium of agents with risk: policies by the endogenous grid method, agents as a histogram, and
 * the K/L at which the market for capital clears. Each price begins with the policies and agents of the one before. The
 * grid of wealth is widened until those at its end own next to nothing.
 *
 * @throws InputError `no-equilibrium`, `policy-not-converged`, `distribution-not-converged`, `grid-top-binds`
 */
export function equilibriumWithRisk(
  configuration: BewleyConfiguration,
  chain: AbilityChain,
  grid: ReferenceGrid,
  onPrice: (progress: SolveProgress) => void,
): RiskyEquilibrium {
  const { abilities, shares } = chain;
  const mean = abilities.reduce((sum, ability, state) => sum + ability * element(shares, state), 0);
  const alike = oneTypeSteadyState(configuration, mean);
  const range = capitalLaborRange(configuration);
  // With flat taxes it is the lower end of the range itself; risk adds some per cent.
  let guess = Math.max(alike.capitalLabor, range.least * 1.02);
  let assets = assetPoints(grid);
  let policy: Policy | undefined;
  let mass = firstDistribution(chain, assets, alike.agent.assets);
  let work: Work = { prices: 0, policy: 0, distribution: 0 };

  const supplyAt = (capitalLabor: number, precision: Precision): RiskyEquilibrium => {
    const terms = householdTerms(configuration, factorPrices(configuration.technology, capitalLabor));
    const first = policy ?? firstPolicy(terms, chain, assets);
    const solved = stationaryPolicy(terms, chain, assets, first, precision.policy);
    const agents = stationaryDistribution(chain, assets, solved.policy.saved, mass, precision.distribution);
    policy = solved.policy;
    mass = agents.mass;
    work = {
      prices: work.prices + 1,
      policy: work.policy + solved.iterations,
      distribution: work.distribution + agents.iterations,
    };
    const aggregates = aggregatesOf(configuration.taxes, abilities, assets, policy, mass);
    return { terms, capitalLabor, assets, policy, mass, aggregates, work };
  };

  const equilibriumAt = (precision: Precision): RiskyEquilibrium => {
    const excess = (capitalLabor: number): number => {
      const { aggregates } = supplyAt(capitalLabor, precision);
      const hired = capitalLabor * aggregates.effectiveLabor;
      const value = (aggregates.capital - hired) / (aggregates.capital + hired);
      onPrice({ prices: work.prices, capitalLabor, excess: value, top: element(assets, assets.length - 1) });
      return value;
    };
    guess = clearingCapitalLabor(excess, range, guess, {
      tolerance: precision.market,
      firstStep: precision.firstStep,
    }).x;
    return supplyAt(guess, precision);
  };

  for (let widening = 0; widening <= MOST_WIDENINGS; widening += 1) {
    const rough = equilibriumAt(widening === 0 ? ROUGH : ROUGH_AGAIN);
    if (shareAtTop(rough) < LEAST_SHARE_AT_TOP) {
      const fine = equilibriumAt(FINE);
      if (shareAtTop(fine) < LEAST_SHARE_AT_TOP) return fine;
    }
    const wider = assetPoints(grid, element(assets, assets.length - 1) * WIDENING);
    policy = widenedPolicy(policy ?? rough.policy, abilities.length, assets.length, wider.length);
    mass = widenedDistribution(mass, abilities.length, assets.length, wider.length);
    assets = wider;
  }
  throw new InputError({
    code: 'grid-top-binds',
    what: 'the grid of wealth is too narrow, however wide it is made: some agents save without bound',
    given: `points up to ${element(assets, assets.length - 1)}`,
    expected: `less than ${LEAST_SHARE_AT_TOP} of all wealth held at the end`,
    todo: 'look for stars or taxes that let wealth grow faster than agents are impatient',
  });
}

/** Wealth that is saved at the last point or beyond it, over all wealth. */
function shareAtTop({ assets, policy, mass, aggregates }: RiskyEquilibrium): number {
  const last = element(assets, assets.length - 1);
  let held = 0;
  for (let index = 0; index < mass.length; index += 1) {
    const saved = element(policy.saved, index);
    if (saved >= last) held += element(mass, index) * saved;
  }
  return held / aggregates.saved;
}
