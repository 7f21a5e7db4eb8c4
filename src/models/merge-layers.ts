import type { Settings } from './overlay.ts';
import { overlay } from './overlay.ts';
import type { ConfigurationName } from './parse-configuration.ts';
import type { ConfigurationLayer } from './yaml-layer.ts';

/** Reads a whole configuration from settings; what is left out has a default. */
export type ConfigurationParser<Configuration> = (
  settings: unknown,
  name?: ConfigurationName,
) => Configuration;

/**
 * The defaults of a model with layers laid over them, in order. They are checked together, since keys that depend on each
 * other may come in layers of their own; an error names the last one that says something where it found fault.
 *
 * @throws InputError `configuration-unknown-key`, `configuration-invalid`
 */
export function mergeLayers<Configuration extends object>(
  parse: ConfigurationParser<Configuration>,
  layers: readonly ConfigurationLayer[],
): Configuration {
  const defaults = parse({});
  if (layers.length === 0) return defaults;
  const merged = layers.reduce<Settings>(
    (below, { settings }) => overlay(below, settings),
    defaults as Settings,
  );
  return parse(merged, (path) => {
    const told = layers.map(({ settings }) => depthOf(settings, path));
    const deepest = told.lastIndexOf(Math.max(...told));
    return layers[deepest]?.placeOf(path) ?? 'the configuration';
  });
}

/** How far down a path settings say something. */
function depthOf(settings: unknown, path: readonly PropertyKey[]): number {
  const [key, ...rest] = path;
  if (key === undefined || typeof settings !== 'object' || settings === null || !Object.hasOwn(settings, key))
    return 0;
  return 1 + depthOf((settings as Readonly<Record<PropertyKey, unknown>>)[key], rest);
}
