import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineName } from '../../engine/index.ts';
import { isEngineName } from '../../engine/index.ts';
import { InputError } from '../../errors.ts';
import { mergeLayers } from '../../models/merge-layers.ts';
import type { Settings } from '../../models/overlay.ts';
import { layerNamed, layerSet } from '../../models/presets.ts';
import type { ConfigurationLayer } from '../../models/yaml-layer.ts';
import type { RunSettings, StoredRun } from '../../training/run-directory/index.ts';
import { differences, readRunDirectory, requireFresh } from '../../training/run-directory/index.ts';
import type { TrainableModel } from './model.ts';
import type { TrainOptions } from './options.ts';

/** What a run is to be, before an engine is opened. */
export interface RunPlan<Configuration> {
  readonly model: string;
  readonly path: string;
  readonly configuration: Configuration;
  readonly seed: number;
  readonly engine: EngineName;
  /** IDs of documented bugs that the run is trained with. */
  readonly faults: readonly string[];
  readonly settings: RunSettings;
  /** The run that is gone on with. */
  readonly stored?: StoredRun<Configuration>;
}

/** Where no option says; at most some seconds of work are lost on any engine. */
export const RUN_DEFAULTS = { seed: 1, engine: 'wasm', checkpointEvery: 1000 } as const;

/** Steps that come together are fast: so many bundles of them take seconds. */
const CHECKPOINT_BUNDLES = 50;

/** What of a model a plan depends on. */
type PlannedModel<Configuration extends object> = Pick<
  TrainableModel<Configuration>,
  'name' | 'parse' | 'logEveryOf' | 'stepsTogetherOf'
>;

/** The next multiple. */
export function upTo(steps: number, together: number): number {
  return Math.ceil(steps / together) * together;
}

/**
 * Reads everything that a run depends on, and refuses it before long work begins.
 *
 * @throws InputError for a configuration, a path or a run directory that cannot be used, and `resume-mismatch` when
 * options ask for another run than the one that is to be gone on with.
 */
export function planRun<Configuration extends object>(
  { name: model, parse, ...of }: PlannedModel<Configuration>,
  options: TrainOptions,
): RunPlan<Configuration> {
  const layers = layersOf(model, options);
  const configuration = mergeLayers(parse, layers);
  const { engine, seed, steps, faults, logEvery, checkpointEvery, out, resume } = options;
  if (resume !== undefined) {
    const stored = readRunDirectory(resume, parse);
    const { environment } = stored;
    const together = of.stepsTogetherOf?.(stored.configuration) ?? 1;
    const asked = {
      model,
      engine,
      seed,
      faults,
      logEvery: logEvery === undefined ? undefined : upTo(logEvery, together),
      ...(layers.length === 0 ? {} : { configuration }),
    };
    const there = { faults: [], ...environment, engine: environment.engine.name, ...environment.settings };
    requireStepsLeft(resume, stored.checkpoint?.state.step ?? 0, steps);
    requireSame(resume, { ...there, configuration: stored.configuration }, asked);
    return {
      model,
      path: resume,
      configuration: stored.configuration,
      seed: environment.seed,
      engine: isEngineName(environment.engine.name) ? environment.engine.name : RUN_DEFAULTS.engine,
      faults: environment.faults ?? [],
      settings: {
        ...environment.settings,
        ...(steps === undefined ? {} : { steps }),
        ...(checkpointEvery === undefined ? {} : { checkpointEvery: upTo(checkpointEvery, together) }),
      },
      stored,
    };
  }
  const path = out ?? freshPath(model);
  const together = of.stepsTogetherOf?.(configuration) ?? 1;
  requireFresh(path);
  return {
    model,
    path,
    configuration,
    seed: seed ?? RUN_DEFAULTS.seed,
    engine: engine ?? RUN_DEFAULTS.engine,
    faults: faults ?? [],
    settings: {
      ...(steps === undefined ? {} : { steps }),
      logEvery: upTo(logEvery ?? of.logEveryOf(configuration), together),
      checkpointEvery: upTo(
        checkpointEvery ?? Math.max(RUN_DEFAULTS.checkpointEvery, CHECKPOINT_BUNDLES * together),
        together,
      ),
    },
  };
}

function layersOf(model: string, { presets, set, settings }: TrainOptions): readonly ConfigurationLayer[] {
  const source = 'the plan';
  return [
    ...presets.map((name) => layerNamed(model, name)),
    ...set.map(layerSet),
    ...(settings === undefined ? [] : [{ source, settings, placeOf: () => source }]),
  ];
}

/**
 * Refuses to go on with a run as another one.
 *
 * @throws InputError `resume-mismatch`, naming the keys.
 */
export function requireSame(path: string, stored: Settings, asked: Settings): void {
  const named = Object.entries(asked).filter(([, value]) => value !== undefined);
  const comparable = Object.fromEntries(named.map(([key]) => [key, stored[key]]));
  const different = differences(comparable, Object.fromEntries(named));
  if (different.length === 0) return;
  throw new InputError({
    code: 'resume-mismatch',
    what: `the run in ${path} cannot be gone on with as another run: its numbers would be those of neither`,
    given: different.map(({ key, now }) => `${key} ${now}`).join(', '),
    expected: different.map(({ key, before }) => `${key} ${before}`).join(', '),
    todo: 'resume it with what it began with, or begin a new run from its config.yaml',
  });
}

/** @throws InputError `steps-taken` when fewer steps are asked for than the run has taken. */
function requireStepsLeft(path: string, taken: number, steps: number | undefined): void {
  if (steps === undefined || steps >= taken) return;
  throw new InputError({
    code: 'steps-taken',
    what: `the run in ${path} has taken more steps than are asked for`,
    given: `--steps ${steps}`,
    expected: `at least ${taken}`,
    todo: 'leave --steps out to evaluate it where it is',
  });
}

/** `runs/nk-20250131-235959`, with a number behind it where two runs begin in one second. */
function freshPath(model: string): string {
  const [date = '', time = ''] = new Date().toISOString().split(/[T.]/);
  const path = join('runs', `${model}-${date.replaceAll('-', '')}-${time.replaceAll(':', '')}`);
  let candidate = path;
  for (let number = 2; existsSync(candidate); number += 1) candidate = `${path}-${number}`;
  return candidate;
}
