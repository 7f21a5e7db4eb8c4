import type { BewleyConfiguration } from '../../../../src/models/bewley/index.ts';
import type { RiskyReference } from '../../../../src/models/bewley/evaluation/index.ts';
import type { ReferenceGrid } from '../../../../src/models/bewley/reference/index.ts';
import { DOCUMENTED_GRID, solveBewley } from '../../../../src/models/bewley/reference/index.ts';

/** The solution of an economy with risk. */
export function solved(configuration: BewleyConfiguration, grid: Partial<ReferenceGrid>): RiskyReference {
  const solution = solveBewley(configuration, { grid: { ...DOCUMENTED_GRID, ...grid } });
  if (solution.method !== 'endogenous-grid') throw new Error('this economy has no risk');
  return solution;
}
