import { createHash } from 'node:crypto';
import { MODEL_NAMES } from '../../dist/src/cli/train/models.js';
import { recipesOf } from '../../dist/src/cli/reproduce/recipes.js';

/** Every run of the corpus: each fault that leaves a sign, the runs beside it without, and the healthy ones. */
export function plannedRuns(seedCount) {
  const seeds = [...Array.from({ length: seedCount - 1 }, (_, index) => index + 1), UNSEEN + 1];
  return MODEL_NAMES.flatMap((model) => {
    const { recipes, healthy } = recipesOf(model);
    const faulty = recipes.flatMap(({ faults, twin, ...recipe }) => [
      ...(twin === undefined ? [{ recipe, faults: [], seeds }] : []),
      ...faults.map((fault) => ({ recipe, faults: [fault], seeds })),
    ]);
    const well = healthy.map(({ seeds: [first, ...others], ...recipe }) => ({
      recipe,
      faults: [],
      seeds: [first, ...others, first + UNSEEN],
    }));
    return [...faulty, ...well].flatMap((run) => run.seeds.map((seed) => planned(run, seed)));
  }).sort((left, right) => turnOf(left) - turnOf(right));
}

/** One run of everything comes first, so that what there is can be used early. */
function turnOf({ entry: { seed, half } }) {
  if (half === 'score') return UNSEEN;
  return seed > FIRST_HEALTHY_SEED ? 1 : seed;
}

/** Healthy runs have seeds of their own, above those of faulty ones. */
const FIRST_HEALTHY_SEED = 100;

function planned({ recipe, faults }, seed) {
  const what = faults.length === 0 ? 'correct' : faults.join('+').replaceAll('/', '.');
  const name = `${recipe.model}-${recipe.name}/${what}/seed-${seed}`;
  // What is said about it changes no run.
  const made = { ...recipe, about: undefined };
  const rest = { model: recipe.model, recipe: recipe.name, engine: recipe.engine, seed, faults };
  return {
    entry: { name, folder: name, ...rest, half: halfOf(seed) },
    assignment: { recipe, seed, faults },
    fingerprint: digest(JSON.stringify({ made, seed, faults })).toString('hex').slice(0, 16),
  };
}

/** Runs of seeds above this are scored: nobody looked at them when limits were set. */
const UNSEEN = 800;

function halfOf(seed) {
  return seed > UNSEEN ? 'score' : 'calibration';
}

function digest(text) {
  return createHash('sha256').update(text).digest();
}
