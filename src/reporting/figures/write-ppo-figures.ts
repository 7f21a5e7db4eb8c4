import { join } from 'node:path';
import { writeAtomically } from '../../atomic-write.ts';
import { PNG_WIDTH } from './figure.ts';
import { withFonts } from './fonts.ts';
import { png } from './png.ts';
import type { PpoVisited } from './ppo-optimum-figure.ts';
import { ppoOptimumFigure } from './ppo-optimum-figure.ts';
import type { PpoTrainingRow } from './ppo-training-figure.ts';
import { ppoTrainingFigure } from './ppo-training-figure.ts';

/** What the figures of a PPO run show, and where they go. */
export interface PpoFigures {
  readonly log: readonly PpoTrainingRow[];
  /** Names of the components of the reward. */
  readonly rewards: readonly string[];
  /** Name of the first number of an observation. */
  readonly observation: string;
  /** Where the best policy is known, and actions are continuous. */
  readonly optimum?: PpoVisited;
  /** The run directory. */
  readonly folder: string;
}

/**
 * Writes `figures/training`, and where the best policy is known `figures/optimum`, under a folder, each as `.svg` and
 * `.png`, and answers their paths.
 *
 * @throws InputError `not-writable`
 */
export function writePpoFigures({
  log,
  rewards,
  observation,
  optimum,
  folder,
}: PpoFigures): readonly string[] {
  const figures = {
    training: ppoTrainingFigure(log, rewards),
    ...(optimum === undefined ? {} : { optimum: ppoOptimumFigure(optimum, observation) }),
  };
  return Object.entries(figures).flatMap(([name, svg]) => {
    const path = join(folder, 'figures', name);
    writeAtomically(`${path}.svg`, withFonts(svg));
    writeAtomically(`${path}.png`, png(svg, { width: PNG_WIDTH }));
    return [`${path}.svg`, `${path}.png`];
  });
}
