import type { BewleyConfiguration } from '../../../src/models/bewley/index.ts';
import { economy } from '../../models/bewley/presets.ts';

/** The documented economy, or that of presets, small enough for milliseconds a step; assignments come last. */
export function tiny(...layers: readonly string[]): BewleyConfiguration {
  const isAssignment = (layer: string): boolean => layer.includes('=');
  return economy(
    ...layers.filter((layer) => !isAssignment(layer)),
    'batch.worlds=4',
    'batch.agents=6',
    'network.hidden=6',
    'network.head=5',
    'network.features=3',
    'network.blocks=1',
    'normaliser.warmUp=3',
    'steps=40',
    ...layers.filter(isAssignment),
  );
}
