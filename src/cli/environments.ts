import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { Environment, EnvironmentEntry } from '../models/ppo/index.ts';
import {
  checkEnvironment,
  environmentCatalogue,
  environmentOf,
  environmentSettings,
  loadEnvironment,
  ppoKit,
} from '../models/ppo/index.ts';
import { schemaNodeOf } from '../models/schema-node.ts';
import { environmentText } from '../reporting/environment-text.ts';
import { table } from '../reporting/table.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';

const HELP = `Lists the environments that plumbline train ppo knows; with the name of one, what an agent sees, does and earns in it,
its settings, and its best policy where that is known.

With the path of a JavaScript module it looks at an environment of your own, and holds it to the contract: two resets with
one stream are equal, nothing is kept outside the state, rewards are written and finite, rows of others are left alone, and
more. Train in it with --set 'environment={name: module, file: my-environment.js}'.

Exit code: 0 nothing was found; 1 it breaks the contract; 2 wrong usage, or there is no such environment.

  plumbline environments
  plumbline environments durotaxis
  plumbline environments ./my-environment.js --export pendulum`;

/** Discount factor at which optima are told. */
const DISCOUNT = 0.99;

/** `plumbline environments [NAME|FILE]` */
export const environmentsCommand: Command = {
  help: HELP,
  arguments: [{ name: '[which]', description: 'name of an environment, or path of a module' }],
  options: [
    { flags: '--export <name>', description: 'what the module exports', defaultValue: 'default' },
    { flags: '--seed <n>', description: 'of all chance in the check', defaultValue: '1' },
    { flags: '--json', description: 'print JSON' },
  ],
  run: async ([which], { export: exported, seed, json }) => {
    const catalogue = environmentCatalogue();
    if (which === undefined) {
      const list = catalogue.map(({ name, summary }) => ({ name, summary }));
      print(json === true ? list : table(list.map(({ name, summary }) => [name, summary])));
      return 0;
    }
    const isFile = existsSync(which) || ['.js', '.mjs', '.cjs'].includes(extname(which));
    const environment = isFile
      ? await loadEnvironment({ file: which, export: String(exported) }, DISCOUNT)
      : known(which, catalogue);
    const findings = checkEnvironment(environment, { seed: String(seed) });
    const settings = catalogue.find(({ name }) => !isFile && name === environment.name);
    const about = {
      ...described(environment),
      settings: settings && schemaNodeOf(settings.schema),
      findings,
    };
    print(json === true ? about : environmentText(about));
    return findings.length === 0 ? 0 : 1;
  },
};

/** @throws InputError `environment-unknown`, with the nearest name. */
function known(which: string, catalogue: readonly EnvironmentEntry[]): Environment {
  const [name] = choose(
    'environment',
    which,
    catalogue.map((entry) => entry.name),
  );
  return environmentOf(ppoKit, environmentSettings.parse({ name }), DISCOUNT);
}

function described({ name, summary, observations, actions, rewards, timeLimit, optimum }: Environment) {
  return {
    name,
    summary,
    observations,
    actions,
    rewards,
    timeLimit: Number.isFinite(timeLimit) ? timeLimit : null,
    optimum: optimum === undefined ? null : { discount: DISCOUNT, summary: optimum.summary },
  };
}

function print(what: object | string): void {
  process.stdout.write(`${typeof what === 'string' ? what : JSON.stringify(what, null, 2)}\n`);
}
