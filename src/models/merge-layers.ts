import type { ConfigurationLayer } from './yaml-layer.ts';
import type { Settings } from './overlay.ts';
import { overlay } from './overlay.ts';
import type { ConfigurationName } from './parse-configuration.ts';

/** Reads a whole configuration from settings; what is left out has a default. */
export type ConfigurationParser<Configuration> = (
  settings: unknown,
  name?: ConfigurationName,
) => Configuration;

/**
 * The defaults of a model with layers laid over them, in order. Each is checked as it is laid, so that an error names
 * the source that made it.
 *
 * @throws InputError `configuration-unknown-key`, `configuration-invalid`
 */
export function mergeLayers<Configuration extends object>(
  parse: ConfigurationParser<Configuration>,
  layers: readonly ConfigurationLayer[],
): Configuration {
  return layers.reduce(
    (below, { settings, placeOf }) => parse(overlay(below as Settings, settings), placeOf),
    parse({}),
  );
}
