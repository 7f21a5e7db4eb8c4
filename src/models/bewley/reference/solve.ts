import { InputError, SuiteError } from '../../../errors.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import type { AbilityChain } from './ability-chain.ts';
import { abilityChain } from './ability-chain.ts';
import { eulerErrors } from './euler-errors.ts';
import type { ReferenceGrid } from './grid.ts';
import { DOCUMENTED_GRID } from './grid.ts';
import { inequalityOf } from './inequality.ts';
import type { EquilibriumFigures, PolicyTable, ReferenceSolution } from './solution.ts';
import { figuresOf } from './solution.ts';
import { steadyState } from './without-risk.ts';
import type { RiskyEquilibrium, SolveProgress } from './with-risk.ts';
import { equilibriumWithRisk } from './with-risk.ts';

/** Goods that may appear or vanish, over output. */
const RESOURCE_TOLERANCE = { 'steady-state': 1e-6, 'endogenous-grid': 1e-4 };

/** How a solution is asked for, beside the economy. */
export interface SolveOptions {
  readonly grid?: ReferenceGrid;
  readonly onPrice?: (progress: SolveProgress) => void;
}

/**
 * The stationary equilibrium of a Bewley economy in double precision: by the endogenous grid method, or, where ability
 * is fixed, by the equations of the steady state.
 *
 * @throws InputError `no-equilibrium`, `policy-not-converged`, `distribution-not-converged`, `grid-top-binds`,
 * `wealth-indeterminate`, `grid-invalid`
 * @throws SuiteError `resource-residual` for a solution that makes or loses goods.
 * @example solveBewley(parseBewleyConfiguration({ complete: true, ability: { sigma: 0, star: { become: 0 } } })).capital
 */
export function solveBewley(
  configuration: BewleyConfiguration,
  { grid = DOCUMENTED_GRID, onPrice = () => undefined }: SolveOptions = {},
): ReferenceSolution {
  requireGrid(grid);
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const chain = abilityChain(configuration.ability, grid);
  if (configuration.complete || chain.abilities.length === 1) {
    const { figures, types, prices } = steadyState(configuration, chain);
    requireResources(figures, 'steady-state');
    const iterations = { prices, policy: 0, distribution: 0 };
    return { method: 'steady-state', ...figures, iterations, seconds: seconds(), types };
  }
  const found = equilibriumWithRisk(configuration, chain, grid, onPrice);
  const { terms, assets, policy, mass, aggregates } = found;
  const holdings = Array.from(mass, (share, index) => ({
    owned: assets[index % assets.length] ?? Number.NaN,
    share,
  }));
  const figures = figuresOf(
    configuration,
    terms.prices,
    found.capitalLabor,
    aggregates,
    inequalityOf(holdings),
  );
  requireResources(figures, 'endogenous-grid');
  return {
    method: 'endogenous-grid',
    ...figures,
    iterations: found.work,
    seconds: seconds(),
    grid: { nodes: grid.nodes, points: assets.length, top: assets.at(-1) ?? Number.NaN },
    euler: eulerErrors(terms, chain, assets, policy, mass),
    policies: tableOf(chain, found),
  };
}

function tableOf({ abilities }: AbilityChain, { assets, policy, mass }: RiskyEquilibrium): PolicyTable {
  const rows = (values: Float64Array): readonly (readonly number[])[] =>
    abilities.map((_, state) =>
      Array.from(values.subarray(state * assets.length, (state + 1) * assets.length)),
    );
  return {
    abilities,
    assets: Array.from(assets),
    consumption: rows(policy.consumption),
    labor: rows(policy.labor),
    saved: rows(policy.saved),
    income: rows(policy.income),
    mass: rows(mass),
  };
}

function requireGrid({ nodes, deviations }: ReferenceGrid): void {
  // Beyond 8 standard deviations a double has no tail left: end nodes would have no mass.
  if (Number.isInteger(nodes) && nodes >= 2 && deviations > 0 && deviations <= 8) return;
  throw new InputError({
    code: 'grid-invalid',
    what: 'there is no grid of ability of this kind',
    given: `${nodes} nodes over ±${deviations} standard deviations`,
    expected: 'at least 2 nodes, over more than 0 and at most 8 standard deviations',
  });
}

function requireResources({ residuals }: EquilibriumFigures, method: ReferenceSolution['method']): void {
  if (Math.abs(residuals.resource) <= RESOURCE_TOLERANCE[method]) return;
  throw new SuiteError({
    code: 'resource-residual',
    what: 'the reference solution makes or loses goods',
    given: `C + K′ + G − Y − (1−δ)K is ${residuals.resource} of output`,
    expected: `at most ${RESOURCE_TOLERANCE[method]}`,
    todo: 'report the configuration',
  });
}
