import { choose } from '../choose.ts';
import { shows } from '../faults.ts';
import { bewleyModel } from './bewley.ts';
import type { TrainableModel } from './model.ts';
import { nkModel } from './nk.ts';
import { ppoModel } from './ppo.ts';

/** Models that can be trained. */
const MODELS: readonly TrainableModel[] = [nkModel, bewleyModel, ppoModel];

/** Models that train otherwise with a fault, by name. */
export function modelsShowing(fault: string): readonly string[] {
  return MODELS.filter((model) => shows(model, fault)).map(({ name }) => name);
}

export const MODEL_NAMES = MODELS.map(({ name }) => name);

/** @throws InputError `model-unknown`. */
export function modelNamed(name: string): TrainableModel {
  const [chosen] = choose('model', name, MODEL_NAMES);
  const model = MODELS.find((one) => one.name === chosen);
  if (model === undefined) throw new TypeError(`no model ${name}`);
  return model;
}
