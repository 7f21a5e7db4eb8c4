import { InputError } from '../errors.ts';
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
  let refusals: readonly InputError[] = [];
  for (const { settings: over, placeOf } of layers) {
    settings = overlay(settings, over);
    try {
      settings = parse(settings, placeOf) as Settings;
      refusals = [];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refusals = [...refusals, error];
    }
  }
  const last = refusals.at(-1);
  // What is wrong in the end was wrong for the first time where its source is named.
  if (last !== undefined) throw refusals.find((refusal) => isSame(refusal, last)) ?? last;
  return settings as Configuration;
}

function isSame({ story: one }: InputError, { story: other }: InputError): boolean {
  return one.code === other.code && one.given === other.given && one.expected === other.expected;
}
