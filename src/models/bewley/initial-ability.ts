import type { Stream } from '../../numerics/stream.ts';
import type { BewleyAbilityKit } from './ability-kit.ts';
import { starShare } from './ability.ts';
import type { BewleyExogenous } from './ability-process.ts';
import type { BewleyAbility, BewleyInitial } from './configuration.ts';
import { drawLognormal, drawUniform } from './initial-law.ts';

/** The start that bewley trainers on record were given. It bounds the start alone, not what comes after. */
export const BOUNDED_START = { mean: 1, variation: 0.3, lowest: 0.3, highest: 3 } as const;

/**
 * Ability and stars of `count` agents who have no past: independent draws of one law. Only `stationary` is kept by the
 * process; from the other two ability drifts to it, at the rate ρ in logs.
 */
export function initialExogenous(
  kit: BewleyAbilityKit,
  ability: BewleyAbility,
  initial: BewleyInitial['ability'],
  count: number,
  stream: Stream,
): BewleyExogenous {
  const levels = new Float32Array(count);
  const star = new Uint8Array(count);
  const stars = starShare(ability);
  for (let agent = 0; agent < count; agent += 1) {
    if (initial.rule === 'uniform') levels[agent] = drawUniform(initial, stream);
    else if (initial.rule === 'bounded-lognormal') levels[agent] = drawBounded(stream);
    else {
      const level = kit.drawStationaryAbility(kit, ability, stream);
      const isStar = stream.uniform() < stars;
      levels[agent] = isStar ? kit.starLevel(ability, level) : level;
      star[agent] = isStar ? 1 : 0;
    }
  }
  return { ability: levels, star };
}

/** Drawn again where it is beyond a bound: one in 10,000 is. */
function drawBounded(stream: Stream): number {
  const { lowest, highest } = BOUNDED_START;
  for (;;) {
    const level = Math.fround(drawLognormal(BOUNDED_START, stream));
    if (level >= lowest && level <= highest) return level;
  }
}
