import type { BewleyConfiguration } from '../../../models/bewley/index.ts';
import { parseBewleyConfiguration } from '../../../models/bewley/index.ts';
import type { ReferenceSolution } from '../../../models/bewley/reference/index.ts';
import { DOCUMENTED_GRID, solveBewley } from '../../../models/bewley/reference/index.ts';
import { PlumblineError } from '../../../errors.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';

/** The economy that a log says it was trained on, and its solution; or why there is none. */
export type Reference =
  | {
      readonly configuration: BewleyConfiguration;
      readonly solution: ReferenceSolution;
    }
  | { readonly notChecked: string };

/** Solutions are seconds of work that several checks, and runs with several seeds, share. */
const solutions = new Map<string, ReferenceSolution | string>();

/** The reference solution of the configuration in the log of a Bewley economy. */
export function referenceOf({ config }: LoggedRun): Reference {
  if (config['preferences'] === undefined) return NO_CONFIGURATION;
  const settings = Object.fromEntries(Object.entries(config).filter(([key]) => !NO_SETTINGS.includes(key)));
  try {
    const configuration = parseBewleyConfiguration(settings);
    const solution = solutionOf(configuration);
    return typeof solution === 'string' ? { notChecked: unsolved(solution) } : { configuration, solution };
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    return { notChecked: unsolved(error.message) };
  }
}

/** What a reader adds to the configuration of a run. */
const NO_SETTINGS = ['run', 'resumedAt'];

const NO_CONFIGURATION: Reference = {
  notChecked:
    'needs the configuration of the economy (tried preferences, technology, taxes, ability) to solve it',
};

/** What does not concern the economy does not change its solution; why there is none, in words, where there is none. */
function solutionOf(configuration: BewleyConfiguration): ReferenceSolution | string {
  const { preferences, technology, taxes, ability, complete } = configuration;
  const key = JSON.stringify([preferences, technology, taxes, ability, complete]);
  const known = solutions.get(key);
  if (known !== undefined) return known;
  const solution = attempt(configuration);
  solutions.set(key, solution);
  return solution;
}

function attempt(configuration: BewleyConfiguration): ReferenceSolution | string {
  try {
    return solveBewley(configuration, { grid: DOCUMENTED_GRID });
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    return error.message;
  }
}

function unsolved(message: string): string {
  return `the economy of the log could not be solved: ${message.split('\n')[0] ?? ''}`;
}
