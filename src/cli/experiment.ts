import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { ENGINE_NAMES } from '../engine/index.ts';
import { InputError } from '../errors.ts';
import type { Plan } from '../experiments/index.ts';
import { readPlan } from '../experiments/index.ts';
import type { Command } from './command.ts';
import type { PlanOverrides } from './experiment/arms.ts';
import { experimentOf } from './experiment/arms.ts';
import { runExperiment } from './experiment/run.ts';
import { reportOption } from './report/reports.ts';
import { engineNamed } from './train/options.ts';
import { atLeastOne, wholeNumber } from './whole-number.ts';

const HELP = `Trains the arms of a plan, each with each seed in a process of its own, and compares them with the baseline: one table,
the effects of factors and their interaction, and the arm that restores what is healthy, which names the cause.

  name: clip
  question: is it the step, or the batch?
  model: nk
  base:
    presets: [gauss-hermite]          # names, or paths of YAML files
    set: { network: { hidden: [32, 32] } }
    faults: [nk/cosine-off-by-one]    # documented bugs to train with: plumbline reproduce
    seeds: [1, 2, 3]
    steps: 2000
    engine: wasm
  arms:                               # the first is the baseline, unless baseline: names another
    baseline: {}
    small-step: { set: { optimiser: { learningRate: 1e-4 } } }
    correct: { faults: [] }           # in place of those of the base
    both: { set: { optimiser: { learningRate: 1e-4 } }, faults: [] }
  decomposition: { step: small-step, bug: correct, step + bug: both }
  verdict:
    quantity: error-output
    healthy: { to: 0.05 }             # or { from, to }, or { percentOfReference: 20 }
  figure: { metric: unweighted }

A folder of the experiment holds a run directory for each run (ARM, or ARM-SEED), comparison.md, comparison.json and
figures/. The same command with the same --out goes on: runs that are done are kept, those that were interrupted go on
from their checkpoints, those that crashed are tried again; one that diverged is kept as it is, since it would again
(delete its folder to have it tried). A plan that would train something else is refused; what is made of the runs
(quantities, decomposition, verdict, figure) may change. A run that fails stops no other.

Ctrl-C lets every run end after its step, with a checkpoint; a second one ends them at once.

Exit code: 0 all runs are done; 1 one failed; 2 wrong usage; 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP.

  plumbline experiment plan.yaml --jobs 2
  plumbline experiment plan.yaml --out experiments/clip --steps 500 --seed 1,2
  plumbline experiment plan.yaml --engine tensorflow --json > comparison.json
  plumbline experiment plan.yaml --report experiment.xml --report experiment.md`;

/** `plumbline experiment PLAN` */
export const experimentCommand: Command = {
  help: HELP,
  arguments: [{ name: '<plan>', description: 'path of a YAML file' }],
  options: [
    {
      flags: '--out <folder>',
      description: 'new, empty, or of this experiment (default: experiments/NAME-DATE)',
    },
    {
      flags: '--jobs <n>',
      description: 'processes at a time, of one thread each (default: one a core; one on a GPU)',
    },
    { flags: '--engine <name>', description: `in place of the plan’s: ${ENGINE_NAMES.join(', ')}` },
    { flags: '--seed <n>', description: 'in place of the plan’s; several with commas between them' },
    { flags: '--steps <n>', description: 'in place of the plan’s' },
    { flags: '--json', description: 'print the comparison as JSON' },
    { flags: '--quiet', description: 'print errors only, and JSON where it is asked for' },
    reportOption,
  ],
  run: async ([file = ''], raw) => {
    const plan = planIn(file);
    const experiment = experimentOf(plan, overridesOf(raw));
    const path = typeof raw['out'] === 'string' ? raw['out'] : defaultPath(plan.name);
    return runExperiment(experiment, {
      path,
      ...(raw['jobs'] === undefined ? {} : { jobs: atLeastOne('--jobs', raw['jobs']) }),
      json: raw['json'] === true,
      quiet: raw['quiet'] === true,
      command: commandOf(file, path, raw),
      report: raw['report'],
    });
  },
};

function planIn(file: string): Plan {
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new InputError({
      code: 'plan-missing',
      what: 'there is no plan at this path',
      given: file,
      expected: 'the path of a YAML file',
      todo: 'plumbline experiment --help shows one',
    });
  }
  return readPlan(readFileSync(file, 'utf8'), { source: file, name: basename(file, extname(file)) });
}

function overridesOf(raw: Readonly<Record<string, unknown>>): PlanOverrides {
  const { engine, seed, steps } = raw;
  const seeds = typeof seed === 'string' ? seed.split(',') : [];
  return {
    ...(typeof engine === 'string' ? { engine: engineNamed(engine) } : {}),
    ...(seeds.length > 0
      ? { seeds: [...new Set(seeds.map((one) => wholeNumber('--seed', one.trim())))] }
      : {}),
    ...(steps === undefined ? {} : { steps: atLeastOne('--steps', steps) }),
  };
}

/** A day’s folder: what is begun in the morning goes on in the afternoon. */
function defaultPath(name: string): string {
  const [date = ''] = new Date().toISOString().split('T');
  return join('experiments', `${name}-${date.replaceAll('-', '')}`);
}

function commandOf(file: string, path: string, raw: Readonly<Record<string, unknown>>): string {
  const given = ['engine', 'seed', 'steps', 'jobs'].flatMap((name) =>
    typeof raw[name] === 'string' ? [`--${name} ${raw[name]}`] : [],
  );
  return ['plumbline experiment', file, `--out ${path}`, ...given].join(' ');
}
