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
 * the source that made it; what a later layer makes good, as one of two keys that must fit, is no error.
 *
 * @throws InputError `configuration-unknown-key`, `configuration-invalid`
 */
export function mergeLayers<Configuration extends object>(
  parse: ConfigurationParser<Configuration>,
  layers: readonly ConfigurationLayer[],
): Configuration {
  let settings = parse({}) as Settings;
  let broken: { readonly error: unknown } | undefined;
  for (const { settings: over, placeOf } of layers) {
    settings = overlay(settings, over);
    try {
      settings = parse(settings, placeOf) as Settings;
      broken = undefined;
    } catch (error) {
      broken ??= { error };
    }
  }
  if (broken !== undefined) throw broken.error;
  return settings as Configuration;
}
