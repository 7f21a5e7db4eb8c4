import type { Stream } from '../../../../numerics/stream.ts';
import type { ColonyAction } from './action.ts';
import type { Colony } from './colony.ts';
import { mean, nodes } from './colony.ts';
import type { DurotaxisKit } from './kit.ts';
import type { Substrate } from './substrate.ts';

/** What one step of a policy does to a colony. */
export interface ColonyChange {
  readonly colony: Colony;
  /** For each deleted node, by how much its intensity was below the mean of the colony. */
  readonly lags: readonly number[];
  /** For each new node, by how much its intensity exceeds its parent's. */
  readonly gains: readonly number[];
}

/** Exactly one policy acts: it deletes nodes, then each that is left spawns one. So N at most doubles. */
export function act(
  kit: DurotaxisKit,
  colony: Colony,
  substrate: Substrate,
  action: ColonyAction,
  random: Stream,
): ColonyChange {
  const { kept, removed } = kit.removal(colony, kit.removalCount(action.deleteRatio, nodes(colony)));
  // Intensity is linear in x: its mean is that of the mean place.
  const usual = kit.intensity(substrate, mean(colony.x));
  const lags = Array.from(removed, (x) => usual - kit.intensity(substrate, x));
  return { ...kit.spawning(kit, kept, substrate, action, random), lags };
}
