import { InputError } from '../errors.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';
import { solveBewleyCommand } from './solve/bewley.ts';
import type { SolveCommandOptions } from './solve/options.ts';
import { parseSolveOptions } from './solve/options.ts';
import { presetTable } from './preset-table.ts';

/** Models with a reference solution, by name. */
const MODELS: Readonly<Record<string, (options: SolveCommandOptions) => number>> = {
  bewley: solveBewleyCommand,
};

const help =
  (): string => `Solves a model without a network, in double precision: the stationary equilibrium that a trained policy is held against.
Each PRESET is a name from below or the path of a YAML file; they are laid over the defaults in the order given, then each
--set, and every key is checked.

bewley: policies by the endogenous grid method with endogenous labour, agents as a histogram, K/L by root finding. Where
ability is fixed, the equations of the steady state are solved as they are. The grid of wealth is widened until it does
not bind.

Exit code: 0 solved; 2 wrong usage, or there is no solution (no price clears the market, a policy or a distribution does
not settle, some agents save without bound), and the message says which.

  plumbline solve bewley no-tax --refined
  plumbline solve bewley documented one-type --set preferences.beta=0.96
  plumbline solve bewley us --json --out us.json

Presets
${presetTable(Object.keys(MODELS))}`;

/** `plumbline solve MODEL [PRESET…]` */
export const solveCommand: Command = {
  help,
  arguments: [
    { name: '[model]', description: Object.keys(MODELS).join(', ') },
    { name: '[presets...]', description: 'names of presets, or paths of YAML files' },
  ],
  options: [
    {
      flags: '--set <key=value>',
      description: 'one key of the configuration, dotted, with a value in YAML; may be given many times',
      repeatable: true,
    },
    { flags: '--refined', description: 'report beside it the solution with 19 abilities over ±3 deviations' },
    { flags: '--nodes <n>', description: 'abilities of the grid (default: 9)' },
    { flags: '--deviations <x>', description: 'the outermost, in standard deviations (default: 2)' },
    { flags: '--points <n>', description: 'points of wealth up to the top (default: 220)' },
    { flags: '--top <x>', description: 'wealth up to which the points are spread (default: 80)' },
    { flags: '--out <file>', description: 'write everything as JSON, with the policies on the grid' },
    { flags: '--json', description: 'print every figure as JSON, without the policies' },
    { flags: '--quiet', description: 'no progress on the terminal' },
    { flags: '--list', description: 'list models and presets' },
  ],
  run: async ([model, ...presets], raw) => {
    if (raw['list'] === true) {
      process.stdout.write(`${presetTable(Object.keys(MODELS))}\n`);
      return 0;
    }
    if (model === undefined) {
      throw new InputError({
        code: 'model-missing',
        what: 'no model was named',
        expected: `plumbline solve ${Object.keys(MODELS).join(' | ')}`,
        todo: 'plumbline solve --list shows models and presets',
      });
    }
    const [chosen = ''] = choose('model', model, Object.keys(MODELS));
    return MODELS[chosen]?.(parseSolveOptions(presets, raw)) ?? 2;
  },
};
