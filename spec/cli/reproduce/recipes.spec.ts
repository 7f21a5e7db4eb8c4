import { describe, expect, test } from 'vitest';
import { FAULTS } from '../../../invariants/index.ts';
import { recipeLayers } from '../../../src/cli/reproduce/recipe-layers.ts';
import { recipeOf, recipesOf } from '../../../src/cli/reproduce/recipes.ts';
import { MODEL_NAMES, modelNamed, modelsShowing } from '../../../src/cli/train/models.ts';
import { mergeLayers } from '../../../src/models/merge-layers.ts';

const twice = (names: readonly string[]): readonly string[] =>
  names.filter((name, index) => names.indexOf(name) !== index);

describe.each(MODEL_NAMES)('the recipes of %s', (model) => {
  const { recipes, healthy, leavesNoSign } = recipesOf(model);
  const named = [...recipes.flatMap(({ faults }) => faults), ...Object.keys(leavesNoSign)];

  test.each([...recipes, ...healthy].map((recipe) => [recipe.name, recipe] as const))(
    'the presets and settings of %s are those of a run',
    (_, recipe) => {
      const trained = modelNamed(model);
      const configuration = mergeLayers(trained.parse, recipeLayers(recipe));
      expect(trained.stepsOf(configuration)).toBeGreaterThanOrEqual(recipe.steps ?? 1);
    },
  );

  test('no name stands for two runs, no fault for two recipes, no seed for two healthy runs', () => {
    expect(twice([...recipes, ...healthy].map(({ name }) => name))).toEqual([]);
    expect(twice(named)).toEqual([]);
    expect(twice(healthy.flatMap(({ seeds }) => seeds.map(String)))).toEqual([]);
  });

  test('each fault that is named exists, is documented to leave a sign, and is shown by the model', () => {
    for (const id of named) {
      expect(FAULTS.find((fault) => fault.id === id)?.sign, id).toMatch(/./);
      expect(modelsShowing(id), id).toContain(model);
    }
  });
});

test('each fault that a trainer shows and that is documented to leave a sign has a recipe, or a reason for none', () => {
  const all = MODEL_NAMES.map(recipesOf);
  const named = new Set(
    all.flatMap(({ recipes, leavesNoSign }) => [
      ...recipes.flatMap(({ faults }) => faults),
      ...Object.keys(leavesNoSign),
    ]),
  );
  const shown = FAULTS.filter(({ id, sign }) => sign !== '' && modelsShowing(id).length > 0);
  expect(shown.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
});

test('a fault without a recipe of its own is shown in the first of its model, and one that no trainer has in none', () => {
  expect(recipeOf('nk/euler-sign')?.name).toBe(recipesOf('nk').recipes[0]?.name);
  expect(recipeOf('training/resume-incomplete')?.resumed).toBe(true);
  expect(recipeOf('training/garbage-engine')).toBeUndefined();
});
