import { layerNamed, layerSet } from '../../../src/models/presets.ts';
import type { BewleyConfiguration } from '../../../src/models/bewley/index.ts';
import { logAbilityDeviation, parseBewleyConfiguration } from '../../../src/models/bewley/index.ts';
import { mergeLayers } from '../../../src/models/merge-layers.ts';

/** A configuration as the command line makes it: names of presets, and assignments with a `=`. */
export function economy(...layers: readonly string[]): BewleyConfiguration {
  return mergeLayers(
    parseBewleyConfiguration,
    layers.map((layer) => (layer.includes('=') ? layerSet(layer) : layerNamed('bewley', layer))),
  );
}

/** The same economy with a multiple of the risk, and the mean of normal ability as it was. */
export function withRisk(configuration: BewleyConfiguration, times: number): BewleyConfiguration {
  const { ability } = configuration;
  const riskier = { ...ability, sigma: times * ability.sigma };
  const shift = (logAbilityDeviation(ability) ** 2 - logAbilityDeviation(riskier) ** 2) / 2;
  return { ...configuration, ability: { ...riskier, median: ability.median * Math.exp(shift) } };
}
