import { surveyEngines } from '../engine/index.ts';
import { enginesTerminal } from '../reporting/engines-terminal.ts';
import type { Command } from './command.ts';

const HELP = `Opens each engine in a process of its own, runs its numeric self-test (values and gradients against double
precision) and measures the errors of its elementary functions: the numbers that every bound is derived from.

Exit code: 0 at least one engine is here and passes; 2 none does.`;

/** `plumbline engines` */
export const enginesCommand: Command = {
  help: HELP,
  options: [{ flags: '--json', description: 'print JSON' }],
  run: async (_args, { json }) => {
    const reports = await surveyEngines();
    process.stdout.write(json === true ? `${JSON.stringify(reports, null, 2)}\n` : enginesTerminal(reports));
    return reports.some(({ status }) => status === 'here') ? 0 : 2;
  },
};
