import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { makeFolderAt, requireWritable, writeAtomically } from '../../atomic-write.ts';
import { InputError } from '../../errors.ts';
import type { ConfigurationParser } from '../../models/merge-layers.ts';
import { mergeLayers } from '../../models/merge-layers.ts';
import { readYamlLayer } from '../../models/yaml-layer.ts';
import type { Checkpoint } from './checkpoint-text.ts';
import { newestCheckpoint } from './checkpoint-folder.ts';
import type { RunEnvironment } from './environment.ts';
import { runEnvironmentSchema } from './environment.ts';
import { jsonFile } from './json-file.ts';
import { RUN_FILES } from './run-files.ts';

/** A run as it lies on the disk. */
export interface StoredRun<Configuration> {
  readonly environment: RunEnvironment;
  readonly configuration: Configuration;
  /** Absent when the run ended before the first. */
  readonly checkpoint: Checkpoint | undefined;
}

/**
 * Refuses a path at which no run can begin, before long work does.
 *
 * @throws InputError `out-not-empty`, `not-writable`
 */
export function requireFresh(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory() && readdirSync(path).length > 0) {
    throw new InputError({
      code: 'out-not-empty',
      what: 'a run begins in a folder of its own, and this one holds files',
      given: path,
      expected: 'a folder that is empty, or is not there yet',
      todo: `name another folder, or go on with the run that is there: --resume ${path}`,
    });
  }
  // Where nothing is yet, nothing is left behind: the run may still be refused.
  requireWritable(existsSync(path) ? join(path, RUN_FILES.configuration) : path);
}

/**
 * Begins a run directory.
 *
 * @throws InputError `out-not-empty`, `not-writable`, `disk-full`
 */
export function createRunDirectory(
  path: string,
  { configuration, environment }: { readonly configuration: object; readonly environment: RunEnvironment },
): void {
  requireFresh(path);
  makeFolderAt(path);
  const { model, seed, engine, faults = [] } = environment;
  const faulty = faults.length === 0 ? '' : `, trained with ${faults.join(', ')}`;
  const head = `# ${model}, seed ${seed}, on ${engine.name}${faulty}; every key, defaults included\n`;
  writeAtomically(join(path, RUN_FILES.configuration), head + stringify(configuration));
  writeEnvironment(path, environment);
}

/** @throws InputError `not-writable`, `disk-full` */
export function writeEnvironment(path: string, environment: RunEnvironment): void {
  writeAtomically(join(path, RUN_FILES.environment), jsonFile(environment));
}

/**
 * Reads a run directory for it to be gone on with.
 *
 * @throws InputError `run-missing`, `run-damaged`, `checkpoint-corrupt`, and what the configuration is refused for.
 */
export function readRunDirectory<Configuration extends object>(
  path: string,
  parse: ConfigurationParser<Configuration>,
): StoredRun<Configuration> {
  const [environment, configuration] = [RUN_FILES.environment, RUN_FILES.configuration].map((name) =>
    join(path, name),
  ) as [string, string];
  const missing = [environment, configuration].find((file) => !existsSync(file));
  if (missing !== undefined) {
    throw new InputError({
      code: 'run-missing',
      what: `there is no run in ${path}`,
      given: existsSync(path) ? `a folder without ${missing.slice(path.length + 1)}` : 'no such folder',
      expected: 'a folder that `plumbline train` has written',
      todo: 'check the path; a run that ended before it wrote this file is begun again with --out',
    });
  }
  return {
    environment: environmentIn(environment),
    configuration: mergeLayers(parse, [readYamlLayer(readFileSync(configuration, 'utf8'), configuration)]),
    checkpoint: newestCheckpoint(join(path, RUN_FILES.checkpoints)),
  };
}

function environmentIn(file: string): RunEnvironment {
  try {
    return runEnvironmentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new InputError({
      code: 'run-damaged',
      what: `${file} is not what Plumbline wrote`,
      given: error instanceof z.ZodError ? z.prettifyError(error) : String(error),
      expected: 'the file as it was written, by this version',
      todo: 'restore it from a copy, or begin the run again from its config.yaml',
      cause: error,
    });
  }
}
