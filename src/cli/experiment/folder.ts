import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolderAt, writeAtomically } from '../../atomic-write.ts';
import { InputError } from '../../errors.ts';
import type { FinishedRun } from '../../experiments/index.ts';
import type { Settings } from '../../models/overlay.ts';
import type { MetricsRow } from '../../training/run-directory/index.ts';
import { differences, identityVersions, jsonFile, RUN_FILES } from '../../training/run-directory/index.ts';
import { lockRun } from '../../training/run-directory/run-lock.ts';
import type { Experiment } from './arms.ts';

const IDENTITY = 'experiment.json';
const FAILURE = 'failure.json';

/** One run of an experiment. */
export interface ArmRun {
  readonly arm: string;
  readonly seed: number;
  /** Its run directory under the folder of the experiment: the arm, and the seed where there are several. */
  readonly folder: string;
}

const failureSchema = z.strictObject({ exitCode: z.number().nullable(), story: z.string() });
/** How a run failed; the exit code is null where a signal ended its process. */
export type Failure = Readonly<z.output<typeof failureSchema>>;

/** Where a run of an experiment is. */
export type RunState =
  | { readonly state: 'new' }
  /** It goes on from its newest checkpoint. */
  | { readonly state: 'begun' }
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** The runs of an experiment: every arm with every seed. */
export function runsOf({ arms, seeds }: Experiment): readonly ArmRun[] {
  return arms.flatMap(({ name }) =>
    seeds.map((seed) => ({ arm: name, seed, folder: seeds.length === 1 ? name : `${name}-${seed}` })),
  );
}

/**
 * Begins the folder of an experiment, or goes on with it; returns what gives it back.
 *
 * @throws InputError `plan-changed`, naming the keys; `out-not-empty`, `run-in-use`, `not-writable`.
 */
export function openFolder(path: string, experiment: Experiment): () => void {
  const file = join(path, IDENTITY);
  const identity = identityOf(experiment);
  if (existsSync(file)) {
    requireSame(path, JSON.parse(readFileSync(file, 'utf8')) as Settings, identity);
  } else if (existsSync(path) && readdirSync(path).length > 0) {
    throw new InputError({
      code: 'out-not-empty',
      what: 'an experiment begins in a folder of its own, and this one holds files',
      given: path,
      expected: 'a folder that is empty, is not there yet, or holds this experiment',
      todo: 'name another folder with --out',
    });
  }
  makeFolderAt(path);
  const unlock = lockRun(path);
  writeAtomically(file, jsonFile(identity));
  return unlock;
}

/** Where a run is. What diverged is not tried again, since its bits would be the same; what crashed is. */
export function stateOf(path: string, { folder }: ArmRun): RunState {
  const run = join(path, folder);
  const failure = failureIn(join(run, FAILURE));
  if (failure?.exitCode === 1) return { state: 'failed', failure };
  if (existsSync(join(run, RUN_FILES.evaluation))) return { state: 'done' };
  return { state: existsSync(join(run, RUN_FILES.environment)) ? 'begun' : 'new' };
}

/** Makes way for a run that is begun, or tried again. */
export function prepareRun(path: string, { folder }: ArmRun, { state }: RunState): void {
  // A process that was killed while it began leaves a configuration and nothing to go on with.
  if (state === 'new') rmSync(join(path, folder), { recursive: true, force: true });
  rmSync(join(path, folder, FAILURE), { force: true });
}

/** @throws InputError `not-writable` */
export function noteFailure(path: string, { folder }: ArmRun, failure: Failure): void {
  writeAtomically(join(path, folder, FAILURE), jsonFile(failure));
}

/** What a run left that is done. */
export function finishedRun(path: string, { arm, seed, folder }: ArmRun): FinishedRun {
  const read = (file: string): string => readFileSync(join(path, folder, file), 'utf8');
  const rows = read(RUN_FILES.metrics)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MetricsRow);
  return { arm, seed, evaluation: JSON.parse(read(RUN_FILES.evaluation)) as unknown, rows };
}

/** All that the numbers of an experiment depend on; what is made of them may change. */
function identityOf({ model, engine, seeds, steps, logEvery, checkpointEvery, arms }: Experiment): Settings {
  return {
    kind: 'plumbline experiment',
    format: 1,
    model: model.name,
    engine,
    seeds,
    ...(steps === undefined ? {} : { steps }),
    ...(logEvery === undefined ? {} : { logEvery }),
    ...(checkpointEvery === undefined ? {} : { checkpointEvery }),
    versions: identityVersions(),
    arms: Object.fromEntries(
      arms.map(({ name, configuration, faults }) => [name, { faults, configuration }]),
    ),
  };
}

function requireSame(path: string, stored: Settings, asked: Settings): void {
  const different = differences(stored, asked);
  if (different.length === 0) return;
  const shown = different.slice(0, 5);
  const more = different.length > shown.length ? `, and ${different.length - shown.length} more` : '';
  throw new InputError({
    code: 'plan-changed',
    what: `the experiment in ${path} cannot be gone on with as another one: its arms would not be comparable`,
    given: shown.map(({ key, now }) => `${key} ${now}`).join(', ') + more,
    expected: shown.map(({ key, before }) => `${key} ${before}`).join(', ') + more,
    todo: 'name another folder with --out, or restore the plan',
  });
}

function failureIn(file: string): Failure | undefined {
  if (!existsSync(file)) return undefined;
  return failureSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
}
