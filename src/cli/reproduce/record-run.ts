import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineName } from '../../engine/index.ts';
import { mergeLayers } from '../../models/merge-layers.ts';
import { RUN_FILES } from '../../training/run-directory/index.ts';
import type { Audience } from '../train/audience.ts';
import { modelNamed } from '../train/models.ts';
import type { TrainOptions } from '../train/options.ts';
import { trainRun } from '../train/run.ts';
import { recipeLayers } from './recipe-layers.ts';
import type { RunRecipe } from './recipes.ts';

/** What one run of a recipe is given. */
export interface RecordedRunOptions {
  /** The run directory, new or empty. */
  readonly out: string;
  readonly seed: number;
  readonly faults: readonly string[];
  readonly engine?: EngineName;
  /** In place of those of the recipe. */
  readonly steps?: number;
  readonly onStep?: (step: number, total: number) => void;
}

/** A row of a log as it was written; what is no number is null there. */
export type LogRow = Readonly<Record<string, number | null>>;

/** What a run left behind. */
export interface RecordedRun {
  readonly path: string;
  /** Rows of metrics.jsonl and of timing.jsonl. */
  readonly rows: readonly LogRow[];
  readonly timing: readonly LogRow[];
  /** Steps that it was to take. */
  readonly total: number;
  /** Why it ended early, if it did: the model refused to go on. */
  readonly ended?: string;
}

/**
 * Trains once as `plumbline train` does, without an evaluation; with a stop half-way where the recipe has one. A run that
 * the model refuses to go on with is kept up to there.
 *
 * @throws InputError for what cannot be begun or written.
 */
export async function recordRun(recipe: RunRecipe, options: RecordedRunOptions): Promise<RecordedRun> {
  const { out, seed, faults, engine = recipe.engine, onStep } = options;
  const model = modelNamed(recipe.model);
  const configuration = mergeLayers(model.parse, recipeLayers(recipe));
  const total = Math.min(options.steps ?? recipe.steps ?? Infinity, model.stepsOf(configuration));
  const logEvery = Math.max(1, Math.floor(total / recipe.rows));
  const begun: TrainOptions = {
    presets: recipe.presets,
    set: [],
    settings: recipe.settings,
    faults,
    engine,
    seed,
    logEvery,
    out,
    json: false,
    quiet: true,
  };
  const audience = audienceOf(onStep);
  const half = Math.max(1, Math.floor(total / 2));
  const parts: readonly TrainOptions[] = recipe.resumed
    ? [
        { ...begun, steps: half },
        { presets: [], set: [], resume: out, steps: total, json: false, quiet: true },
      ]
    : [{ ...begun, steps: total }];
  let ended: string | undefined;
  for (const part of parts) {
    const { signal } = new AbortController();
    const end = await trainRun(model, part, { signal, audience, isEvaluated: false });
    if (end.status === 'failed') {
      ended = end.story;
      break;
    }
  }
  return {
    path: out,
    rows: rowsIn(join(out, RUN_FILES.metrics)),
    timing: rowsIn(join(out, RUN_FILES.timing)),
    total,
    ...(ended === undefined ? {} : { ended }),
  };
}

function rowsIn(file: string): readonly LogRow[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LogRow);
}

function audienceOf(onStep: RecordedRunOptions['onStep']): Audience {
  return {
    say: () => undefined,
    watch: (total) => ({
      read: () => undefined,
      reach: (step) => {
        onStep?.(step, total);
      },
      work: () => undefined,
      clear: () => undefined,
    }),
  };
}
