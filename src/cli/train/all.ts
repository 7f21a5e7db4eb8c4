import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { InputError } from '../../errors.ts';
import { isFolderName } from '../../experiments/index.ts';
import { mergeLayers } from '../../models/merge-layers.ts';
import type { Settings } from '../../models/overlay.ts';
import { layerNamed, layerSet } from '../../models/presets.ts';
import type { Experiment } from '../experiment/arms.ts';
import { runExperiment } from '../experiment/run.ts';
import { requireShown } from '../faults.ts';
import { atLeastOne } from '../whole-number.ts';
import type { TrainableModel } from './model.ts';
import type { TrainOptions } from './options.ts';
import { RUN_DEFAULTS } from './plan.ts';

/**
 * Trains every configuration of a folder, as an experiment without a baseline. Returns the exit code.
 *
 * @throws InputError `folder-empty`, and what a configuration is refused for.
 */
export async function trainAll(
  model: TrainableModel,
  folder: string,
  options: TrainOptions,
  { jobs, report }: Readonly<Record<string, unknown>>,
): Promise<number> {
  const experiment = experimentIn(model, folder, options);
  const { presets, set, out = join('runs', experiment.request.name), faults = [], json, quiet } = options;
  const given = [
    ...presets,
    `--all ${folder}`,
    `--out ${out}`,
    ...set.map((assignment) => `--set ${assignment}`),
    ...(faults.length === 0 ? [] : [`--faults ${faults.join(',')}`]),
    ...(['engine', 'seed', 'steps', 'logEvery', 'checkpointEvery'] as const).flatMap((name) =>
      options[name] === undefined ? [] : [`--${name.replace('Every', '-every')} ${options[name]}`],
    ),
  ];
  return runExperiment(experiment, {
    path: out,
    ...(jobs === undefined ? {} : { jobs: atLeastOne('--jobs', jobs) }),
    json,
    quiet,
    command: `plumbline train ${model.name} ${given.join(' ')}`,
    report,
  });
}

function experimentIn(model: TrainableModel, folder: string, options: TrainOptions): Experiment {
  const { presets, set, faults = [], engine = RUN_DEFAULTS.engine, seed = RUN_DEFAULTS.seed } = options;
  if (options.resume !== undefined) {
    throw new InputError({
      code: 'option-invalid',
      what: 'runs of a folder are gone on with by the same command',
      given: `--resume ${options.resume}`,
      expected: `--all ${folder} with the --out that it was begun with`,
    });
  }
  requireShown(model, faults);
  const below = presets.map((name) => layerNamed(model.name, name));
  const above = set.map(layerSet);
  const arms = filesIn(folder).map((file) => {
    const name = basename(file, extname(file));
    const layers = [...below, layerNamed(model.name, file), ...above];
    return { name, configuration: mergeLayers(model.parse, layers) as Settings, faults, changes: [file] };
  });
  const { steps, logEvery, checkpointEvery } = options;
  const fewer = steps === undefined ? {} : { steps };
  const name = basename(resolve(folder));
  return {
    model,
    arms,
    engine,
    seeds: [seed],
    ...fewer,
    ...(logEvery === undefined ? {} : { logEvery }),
    ...(checkpointEvery === undefined ? {} : { checkpointEvery }),
    request: {
      name,
      model: model.name,
      engine,
      seeds: [seed],
      ...fewer,
      quantities: model.quantities,
      decomposition: [],
    },
    metric: model.metric,
  };
}

/** Paths of the configurations of a folder, by name. */
function filesIn(folder: string): readonly string[] {
  const names =
    existsSync(folder) && statSync(folder).isDirectory()
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.yaml'))
          .sort()
      : [];
  const odd = names.find((name) => !isFolderName(basename(name, '.yaml')));
  if (names.length > 0 && odd === undefined) return names.map((name) => join(folder, name));
  throw new InputError({
    code: odd === undefined ? 'folder-empty' : 'option-invalid',
    what:
      odd === undefined
        ? 'there is no configuration in this folder'
        : 'a run directory cannot have the name of this file',
    given: odd ?? folder,
    expected:
      odd === undefined
        ? 'a folder with files *.yaml'
        : 'a name of letters, digits, hyphens and dots; not figures',
  });
}
