import type { Command } from './command.ts';
import { enginesCommand } from './engines.ts';
import { gateCommand } from './gate.ts';
import { lawsCommand } from './laws.ts';
import { replayCommand } from './replay.ts';
import { reproduceCommand } from './reproduce.ts';

/** Every command of the program, in the order of its help. */
export const COMMANDS: readonly Command[] = [
  gateCommand,
  replayCommand,
  reproduceCommand,
  lawsCommand,
  enginesCommand,
];
