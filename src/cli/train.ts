import { ENGINE_NAMES } from '../engine/index.ts';
import { InputError } from '../errors.ts';
import type { Command } from './command.ts';
import { reportOption } from './report/reports.ts';
import { trainAll } from './train/all.ts';
import { trainAtTerminal } from './train/at-terminal.ts';
import { MODEL_NAMES, modelNamed } from './train/models.ts';
import { parseTrainOptions } from './train/options.ts';
import { presetTable } from './preset-table.ts';

const help =
  (): string => `Trains a model and leaves a run directory. Each PRESET is a name from below or the path of a YAML file; they are
laid over the defaults of the model in the order given, then each --set, and every key is checked.

A run directory holds config.yaml (every key; itself a preset), environment.json (engine, versions, commit, machine),
metrics.jsonl (equal for equal seeds on one engine), timing.jsonl, a TensorBoard event file, checkpoints/ (the two
newest) and, at the end, evaluation.json. --resume goes on with the newest checkpoint, on one machine bit for bit; with
--steps, beyond the steps that were first asked for. Engine, seed, configuration and versions must be those of the run.

--all trains every *.yaml file of a folder, each laid over the presets that are named, in processes of their own, and
writes one table: as plumbline experiment does, without a baseline. The same command with the same --out goes on.

Ctrl-C ends the run after the step that is being taken, with a checkpoint; a second one ends it at once.

Exit code: 0 trained and evaluated; 1 the loss is no longer finite, or the model refuses to go on (the last good
checkpoint is kept); 2 wrong usage, or a file cannot be read or written; 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP.

  plumbline train nk --steps 20000 --engine tensorflow
  plumbline train nk simulated-slow-redraw gauss-hermite my.yaml --set batch=64 --out runs/mine
  plumbline train nk --resume runs/mine
  plumbline train ppo cart-pole --engine tensorflow --seed 3
  plumbline train nk gauss-hermite --all configs --out runs/configs --jobs 2
  plumbline train nk --steps 2000 --report training.md --report training.xml

Presets
${presetTable(MODEL_NAMES)}`;

/** `plumbline train MODEL [PRESET…]` */
export const trainCommand: Command = {
  help,
  arguments: [
    { name: '[model]', description: MODEL_NAMES.join(', ') },
    { name: '[presets...]', description: 'names of presets, or paths of YAML files' },
  ],
  options: [
    {
      flags: '--engine <name>',
      description: `engine to train on: ${ENGINE_NAMES.join(', ')} (default: wasm)`,
    },
    { flags: '--seed <n>', description: 'every random number comes from it (default: 1)' },
    {
      flags: '--steps <n>',
      description:
        'stop after so many steps, on the schedule of the whole run (default: all that are configured); gradient steps, of ppo environment steps',
    },
    {
      flags: '--out <folder>',
      description: 'run directory, new or empty (default: runs/MODEL-DATE-TIME, in UTC)',
    },
    {
      flags: '--set <key=value>',
      description: 'one key of the configuration, dotted, with a value in YAML; may be given many times',
      repeatable: true,
    },
    {
      flags: '--faults <ids>',
      description: 'train with documented bugs, comma-separated; what they do: plumbline reproduce',
    },
    {
      flags: '--log-every <n>',
      description:
        'steps between two rows of the logs (default: nk 100, or 1 under the rule levenberg-marquardt; bewley a hundredth of all, 100 at most; ppo one update)',
    },
    {
      flags: '--checkpoint-every <n>',
      description: 'steps between two checkpoints (default: 1000; ppo 50 updates)',
    },
    { flags: '--all <folder>', description: 'train every *.yaml file of this folder, and compare them' },
    {
      flags: '--jobs <n>',
      description: 'with --all: processes at a time (default: one a core; one on a GPU)',
    },
    { flags: '--resume <folder>', description: 'go on with the run in this folder' },
    { flags: '--json', description: 'print the evaluation as JSON' },
    { flags: '--quiet', description: 'print errors only, and JSON where it is asked for' },
    reportOption,
    { flags: '--list', description: 'list models and presets' },
  ],
  run: async ([model, ...presets], raw) => {
    if (raw['list'] === true) {
      process.stdout.write(`${presetTable(MODEL_NAMES)}\n`);
      return 0;
    }
    if (model === undefined) {
      throw new InputError({
        code: 'model-missing',
        what: 'no model was named',
        expected: `plumbline train ${MODEL_NAMES.join(' | ')}`,
        todo: 'plumbline train --list shows models and presets',
      });
    }
    const options = parseTrainOptions(presets, raw);
    const { all, jobs } = raw;
    if (typeof all === 'string') return trainAll(modelNamed(model), all, options, raw);
    if (jobs !== undefined) throw withoutAll(jobs);
    return trainAtTerminal(modelNamed(model), options, raw['report']);
  },
};

function withoutAll(jobs: unknown): InputError {
  return new InputError({
    code: 'option-invalid',
    what: 'one run is one process',
    given: typeof jobs === 'string' ? `--jobs ${jobs}` : '--jobs',
    expected: '--jobs together with --all',
  });
}
