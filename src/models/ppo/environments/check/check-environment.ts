import { streamOf } from '../../../../numerics/stream.ts';
import type { Environment } from '../../environment.ts';
import { checkEpisodes, checkInterleaving } from './behaviour.ts';
import { checkDeclaration } from './declaration.ts';
import { checkDeviations } from './deviations.ts';
import type { EnvironmentFinding } from './findings.ts';
import { Findings } from './findings.ts';
import { checkOptimum } from './optimum.ts';
import { ProbedEnvironment } from './probed.ts';

export interface EnvironmentCheckOptions {
  /** Of all chance in the check: the same seed finds the same. */
  readonly seed?: number | string;
  /** How many steps are taken at random. An environment that ends by itself must do so within them. */
  readonly steps?: number;
}

/** The longest of ours, cart and pole, end within 100 steps at random. */
const DEFAULT_STEPS = 1000;

/**
 * Whether an environment keeps to its contract: empty when nothing was found, which is no proof. An environment whose
 * declaration is wrong is not run.
 *
 * @example checkEnvironment(pendulum).map(({ sentence }) => sentence) // []
 */
export function checkEnvironment(
  environment: Environment,
  { seed = 1, steps = DEFAULT_STEPS }: EnvironmentCheckOptions = {},
): readonly EnvironmentFinding[] {
  const findings = new Findings();
  try {
    checkDeclaration(environment, findings);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    findings.add('threw', `what the environment says of itself cannot be read: ${said}`);
  }
  if (!findings.isEmpty()) return findings.list();
  const root = streamOf(seed);
  const chance = (label: string) => root.split(label);
  const probed = new ProbedEnvironment(environment, findings);
  try {
    checkEpisodes(probed, chance, steps, findings);
    checkInterleaving(probed, chance, findings);
    if (environment.optimum !== undefined && findings.isEmpty()) {
      checkOptimum(probed, environment.optimum, chance, findings);
      // A wrong value would make deviations look better, or worse, than they are.
      if (findings.isEmpty()) checkDeviations(probed, environment.optimum, chance, findings);
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    findings.add('threw', `a function of the environment throws: ${said}`);
  }
  return findings.list();
}
