import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ENGINE_NAMES } from '../../engine/index.ts';
import { SuiteError } from '../../errors.ts';
import { packageRoot } from '../../version.ts';
import { MODEL_NAMES, modelsShowing } from '../train/models.ts';

const settings = z.record(z.string(), z.unknown());

/** How one run is made. */
const runRecipe = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** Why it is there. */
  about: z.string().optional(),
  presets: z.array(z.string()).default([]),
  /** Laid over the presets. */
  settings: settings.default({}),
  engine: z.enum(ENGINE_NAMES).default('wasm'),
  /** Steps to take on the schedule of the whole run; all that are configured where it is absent. */
  steps: z.int().positive().optional(),
  /** Rows of the log, about. */
  rows: z.int().positive().default(100),
  /** Stopped half-way, and gone on with. */
  resumed: z.boolean().default(false),
});

const faultRecipe = runRecipe.extend({
  /** Faults that leave a sign in the log of this run. */
  faults: z.array(z.string()).default([]),
  /** Why the run without a fault is none that a careful person calls healthy. */
  twin: z.string().optional(),
});

const healthyRecipe = runRecipe.extend({ seeds: z.array(z.int()).nonempty() });

const schema = z.strictObject({
  /** The first is that of every fault that none names. */
  recipes: z.array(faultRecipe).nonempty(),
  /** Faults whose sign no log of a short run can show, and why. */
  leavesNoSign: z.record(z.string(), z.string()).default({}),
  /** Runs with nothing wrong, for the error rates of a diagnosis. */
  healthy: z.array(healthyRecipe).default([]),
});

/** What a run is made with, whatever faults and seed it is given. */
export type RunRecipe = Readonly<z.output<typeof runRecipe>> & { readonly model: string };
export type FaultRecipe = Readonly<z.output<typeof faultRecipe>> & { readonly model: string };
export type HealthyRecipe = Readonly<z.output<typeof healthyRecipe>> & { readonly model: string };

/** The runs in which the faults of a model are shown. */
export interface Recipes {
  readonly recipes: readonly FaultRecipe[];
  readonly leavesNoSign: Readonly<Record<string, string>>;
  readonly healthy: readonly HealthyRecipe[];
}

/** @throws SuiteError `recipes-damaged` when the file is not what it is to be. */
export function recipesOf(model: string): Recipes {
  const file = join(packageRoot(), 'fixtures', 'reproductions', `${model}.yaml`);
  const read = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!read.success) {
    throw new SuiteError({
      code: 'recipes-damaged',
      what: `${file} is not a file of recipes`,
      given: z.prettifyError(read.error),
    });
  }
  const { recipes, leavesNoSign, healthy } = read.data;
  return {
    recipes: recipes.map((recipe) => ({ ...recipe, model })),
    leavesNoSign,
    healthy: healthy.map((recipe) => ({ ...recipe, model })),
  };
}

/** The run in which a fault is shown: its own, or the first of a model that shows it; undefined where none does. */
export function recipeOf(fault: string): FaultRecipe | undefined {
  const models = MODEL_NAMES.filter((name) => modelsShowing(fault).includes(name)).map(recipesOf);
  const all = models.flatMap(({ recipes }) => recipes);
  return all.find(({ faults }) => faults.includes(fault)) ?? all[0];
}
