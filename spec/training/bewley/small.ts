import type { BewleyConfiguration } from '../../../src/models/bewley/index.ts';
import { economy } from '../../models/bewley/presets.ts';

/** The documented economy with its progressive taxes, small enough for milliseconds a step. */
export function tiny(...layers: readonly string[]): BewleyConfiguration {
  return economy(
    'batch.worlds=4',
    'batch.agents=6',
    'network.hidden=6',
    'network.head=5',
    'network.features=3',
    'network.blocks=1',
    'normaliser.warmUp=3',
    'steps=40',
    ...layers,
  );
}
