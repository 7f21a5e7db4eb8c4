import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from '../../engine/index.ts';
import type { Fault } from '../../verification/fault.ts';
import type { Kit } from '../../subjects/index.ts';
import { correctKit } from '../../subjects/index.ts';
import { requireFresh } from '../../training/run-directory/index.ts';
import { kitWith } from '../faults.ts';
import { modelNamed, modelsShowing } from '../train/models.ts';
import { differenceRows, differences } from './differences.ts';
import { nkStoryRows, nkSummary } from './nk-story.ts';
import { recordRun } from './record-run.ts';
import type { RecordedRun } from './record-run.ts';
import type { FaultRecipe } from './recipes.ts';
import { recipeOf, recipesOf } from './recipes.ts';

/** Two runs of one recipe, and what is to be trained with in one of them. */
export interface StoryPlan {
  readonly recipe: FaultRecipe;
  /** Those that its model shows; the others are left out. */
  readonly faults: readonly Fault<Kit>[];
}

/** The runs that show faults: by the recipe of the first that a trainer shows; undefined where none does. */
export function planStory(faults: readonly Fault<Kit>[]): StoryPlan | undefined {
  const recipe = faults.map(({ id }) => recipeOf(id)).find((one) => one !== undefined);
  if (recipe === undefined) return undefined;
  return { recipe, faults: faults.filter(({ id }) => modelsShowing(id).includes(recipe.model)) };
}

/** The two runs of a plan, and how they differ. */
export interface Story {
  /** Cells of a table. */
  readonly table: readonly (readonly string[])[];
  /** What a program reads of it. */
  readonly data: object;
  /** Model, presets, steps and seed, in words. */
  readonly how: string;
  /** Why the faulty run ended early, if it did, in one line. */
  readonly ended?: string;
}

export interface StorySettings {
  readonly engine: EngineName;
  readonly seed: number;
  readonly steps?: number;
  /** Where the folders `correct` and `faulty` are left; without it they are not kept. */
  readonly out?: string;
}

/** Refuses folders that hold files, before long work begins. @throws InputError `out-not-empty` */
export function requireFreshStory(out: string): void {
  for (const label of ['correct', 'faulty']) requireFresh(join(out, label));
}

/** Trains twice, with equal seed and configuration. */
export async function tellStory(
  { recipe, faults }: StoryPlan,
  { engine, seed, steps, out }: StorySettings,
): Promise<Story> {
  const folder = out ?? mkdtempSync(join(tmpdir(), 'plumbline-reproduce-'));
  const ids = faults.map(({ id }) => id);
  const record = (label: string, trainedWith: readonly string[]): Promise<RecordedRun> =>
    recordRun(recipe, {
      out: join(folder, label),
      seed,
      faults: trainedWith,
      engine,
      ...(steps === undefined ? {} : { steps }),
      onStep: (step, total) => {
        if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${label} run: step ${step} of ${total}`);
      },
    });
  try {
    const correct = await record('correct', []);
    const faulty = await record('faulty', ids);
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    const ended = faulty.ended?.split('\n')[0];
    return {
      ...(await readOff(recipe, seed, ids, { correct, faulty })),
      how: howMade(recipe, correct.total, seed),
      ...(ended === undefined ? {} : { ended }),
    };
  } finally {
    if (out === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function readOff(
  recipe: FaultRecipe,
  seed: number,
  ids: readonly string[],
  { correct, faulty }: Readonly<Record<'correct' | 'faulty', RecordedRun>>,
): Promise<Pick<Story, 'table' | 'data'>> {
  if (recipe.model === 'nk') {
    const stories = {
      correct: { run: correct, summary: await nkSummary(correctKit, recipe, seed, correct) },
      faulty: { run: faulty, summary: await nkSummary(kitWith(ids), recipe, seed, faulty) },
    };
    const data = { correct: stories.correct.summary, faulty: stories.faulty.summary };
    return { table: nkStoryRows(stories), data };
  }
  const found = differences(correct, faulty);
  const data = { differences: found.map(({ metric, size }) => ({ metric, size })) };
  return { table: differenceRows(found), data };
}

function howMade({ model, presets, resumed }: FaultRecipe, total: number, seed: number): string {
  const { unit } = modelNamed(model);
  const parts = [[model, ...presets].join(' '), `${total} ${unit}`, `seed ${seed}`];
  return [...parts, ...(resumed ? ['stopped half-way and gone on with'] : [])].join(', ');
}

/** What is to be said below the table: how it ended, what is documented of it, and what no log shows. */
export function notesOn(
  { recipe, faults }: StoryPlan,
  asked: readonly Fault<Kit>[],
  { ended }: Story,
): readonly string[] {
  const { leavesNoSign } = recipesOf(recipe.model);
  const signs = faults.filter(({ id, sign }) => sign !== '' && !(id in leavesNoSign)).map(({ sign }) => sign);
  const left = asked.filter((fault) => !faults.includes(fault)).map(({ id }) => id);
  return [
    ...(ended === undefined ? [] : [`the faulty run ended early: ${ended}`]),
    ...(signs.length === 0 ? [] : [`documented sign: ${signs.join('; ')}`]),
    ...faults.flatMap(({ id }) =>
      id in leavesNoSign ? [`no sign of ${id}: ${leavesNoSign[id] ?? ''}`] : [],
    ),
    ...(left.length === 0
      ? []
      : [`not trained with, since ${recipe.model} has not what they replace: ${left.join(', ')}`]),
  ];
}
