import { SuiteError } from '../../../../errors.ts';
import { at } from '../row.ts';
import type { Colony } from './colony.ts';
import { nodes } from './colony.ts';
import type { DurotaxisSettings } from './settings.ts';
import type { Substrate } from './substrate.ts';

/*
 * A state is a row of
 *   0  how many nodes, N        1  slope of the substrate        2  its intercept
 *   3  steps in a row in which the colony has moved to the left
 *   4 + 2i, 5 + 2i  x and y of node i of the chain, for i < N; then zeros.
 */

const HEADER = 4;
/** Where a row has its number of nodes. */
export const NODES = 0;
/**
 * A colony of the most nodes doubles in the step that ends the episode. Twice that are kept, since a colony on which
 * two policies act, which is a documented fault, doubles twice.
 */
const GROWTH = 4;

/** What is stored of an episode. */
export interface DurotaxisState {
  readonly colony: Colony;
  readonly substrate: Substrate;
  readonly drift: number;
}

/** How many numbers a state is. */
export function stateSize({ maximumNodes }: DurotaxisSettings): number {
  return HEADER + 2 * GROWTH * maximumNodes;
}

/** Copies a state out of its row. */
export function readState(row: Float32Array): DurotaxisState {
  const count = at(row, NODES);
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    x[i] = at(row, HEADER + 2 * i);
    y[i] = at(row, HEADER + 2 * i + 1);
  }
  return { colony: { x, y }, substrate: { slope: at(row, 1), intercept: at(row, 2) }, drift: at(row, 3) };
}

/**
 * Writes a state into its row.
 *
 * @throws SuiteError `durotaxis-overflow` for a colony that no single step can have grown to.
 */
export function writeState({ colony, substrate, drift }: DurotaxisState, row: Float32Array): void {
  const count = nodes(colony);
  if (HEADER + 2 * count > row.length) {
    throw new SuiteError({
      code: 'durotaxis-overflow',
      what: 'a colony has outgrown the row that its state is kept in',
      given: `${count} nodes`,
      expected: `${(row.length - HEADER) / 2} at most`,
    });
  }
  row[NODES] = count;
  row[1] = substrate.slope;
  row[2] = substrate.intercept;
  row[3] = drift;
  for (let i = 0; i < count; i += 1) {
    row[HEADER + 2 * i] = at(colony.x, i);
    row[HEADER + 2 * i + 1] = at(colony.y, i);
  }
  row.fill(0, HEADER + 2 * count);
}
