import { layerNamed } from '../../models/presets.ts';
import type { ConfigurationLayer } from '../../models/yaml-layer.ts';
import type { RunRecipe } from './recipes.ts';

/** What a recipe lays over the defaults of its model. */
export function recipeLayers({ model, name, presets, settings }: RunRecipe): readonly ConfigurationLayer[] {
  const source = `the recipe ${name}`;
  return [...presets.map((preset) => layerNamed(model, preset)), { source, settings, placeOf: () => source }];
}
