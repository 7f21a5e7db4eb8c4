import { benchCommand } from './bench.ts';
import type { Command } from './command.ts';
import { enginesCommand } from './engines.ts';
import { environmentsCommand } from './environments.ts';
import { experimentCommand } from './experiment.ts';
import { gateCommand } from './gate.ts';
import { lawsCommand } from './laws.ts';
import { replayCommand } from './replay.ts';
import { reproduceCommand } from './reproduce.ts';
import { runsCommand } from './runs.ts';
import { solveCommand } from './solve.ts';
import { trainCommand } from './train.ts';

/** Every command of the program, in the order of its help. */
export const COMMANDS: readonly Command[] = [
  trainCommand,
  experimentCommand,
  solveCommand,
  runsCommand,
  gateCommand,
  benchCommand,
  replayCommand,
  reproduceCommand,
  lawsCommand,
  environmentsCommand,
  enginesCommand,
];
