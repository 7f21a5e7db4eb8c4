import type { BewleyConfiguration } from '../../../models/bewley/index.ts';
import { parseBewleyConfiguration } from '../../../models/bewley/index.ts';
import type { ReferenceSolution } from '../../../models/bewley/reference/index.ts';
import { DOCUMENTED_GRID, REFINED_GRID, solveBewley } from '../../../models/bewley/reference/index.ts';
import { PlumblineError } from '../../../errors.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';

/** The economy that a log says it was trained on, and its solution; or why there is none. */
export type Reference =
  | {
      readonly configuration: BewleyConfiguration;
      readonly solution: ReferenceSolution;
      /** The solution on the coarser grid: how far the two are apart says how far the finer may be from the truth. */
      readonly coarse: ReferenceSolution;
    }
  | { readonly notChecked: string };

/** Seconds of work that several checks, and runs with several seeds, share. */
const memory = new Map<string, Reference>();

/** The reference solution of the configuration in the log of a Bewley economy. */
export function referenceOf({ config }: LoggedRun): Reference {
  const settings = Object.fromEntries(Object.entries(config).filter(([key]) => key !== 'run'));
  // What does not concern the economy does not change its solution.
  const { preferences, technology, taxes, ability, complete } = settings;
  const key = JSON.stringify([preferences, technology, taxes, ability, complete]);
  const known = memory.get(key);
  if (known !== undefined) return known;
  const reference = preferences === undefined ? NO_CONFIGURATION : solved(settings);
  memory.set(key, reference);
  return reference;
}

const NO_CONFIGURATION: Reference = {
  notChecked:
    'needs the configuration of the economy (tried preferences, technology, taxes, ability) to solve it',
};

function solved(settings: Readonly<Record<string, unknown>>): Reference {
  try {
    const configuration = parseBewleyConfiguration(settings);
    return {
      configuration,
      solution: solveBewley(configuration, { grid: REFINED_GRID }),
      coarse: solveBewley(configuration, { grid: DOCUMENTED_GRID }),
    };
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    return {
      notChecked: `the economy of the log could not be solved: ${error.message.split('\n')[0] ?? ''}`,
    };
  }
}
