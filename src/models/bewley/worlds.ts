import type { Stream } from '../../numerics/stream.ts';
import type { BewleyExogenous } from './ability-process.ts';
import type { BewleyAbilityKit } from './ability-kit.ts';
import type { BewleyConfiguration, BewleyRedrawSettings } from './configuration.ts';
import { cosineAnnealing } from '../../nn/schedules.ts';

/** All agents between two periods, on the host: N = B·A numbers of each kind, world by world. Never written to once made. */
export interface BewleyWorlds {
  readonly wealth: Float32Array;
  readonly exogenous: BewleyExogenous;
}

/** `count` agents without a past. */
export function drawAgents(
  kit: BewleyAbilityKit,
  { ability, initial }: Pick<BewleyConfiguration, 'ability' | 'initial'>,
  count: number,
  stream: Stream,
): BewleyWorlds {
  return {
    exogenous: kit.initialExogenous(kit, ability, initial.ability, count, stream.split('ability')),
    wealth: kit.initialWealth(initial.wealth, count, stream.split('wealth')),
  };
}

/** Share of the worlds, or of the agents, that is drawn afresh after gradient step `step` of `total`. */
export function redrawShare(
  { share, finalShare }: BewleyRedrawSettings,
  step: number,
  total: number,
): number {
  return cosineAnnealing({ initial: share, final: finalShare, total }, step);
}

/**
 * The worlds with some of them, or some of their agents, drawn afresh: each with probability `share`, independently. So
 * what an economy has drifted into is left again, and states that it has left are not forgotten.
 */
export function redrawWorlds(
  kit: BewleyAbilityKit,
  worlds: BewleyWorlds,
  { ability, initial, redraw, batch }: Pick<BewleyConfiguration, 'ability' | 'initial' | 'redraw' | 'batch'>,
  share: number,
  stream: Stream,
): BewleyWorlds {
  if (share === 0) return worlds;
  const size = redraw.unit === 'worlds' ? batch.agents : 1;
  const chances = stream.split('which');
  const first = Array.from({ length: worlds.wealth.length / size }, (_, index) => index * size).filter(
    () => chances.uniform() < share,
  );
  if (first.length === 0) return worlds;
  const fresh = drawAgents(kit, { ability, initial }, first.length * size, stream.split('agents'));
  const wealth = worlds.wealth.slice();
  const exogenous = { ability: worlds.exogenous.ability.slice(), star: worlds.exogenous.star.slice() };
  for (const [index, at] of first.entries()) {
    const own = [index * size, (index + 1) * size] as const;
    wealth.set(fresh.wealth.subarray(...own), at);
    exogenous.ability.set(fresh.exogenous.ability.subarray(...own), at);
    exogenous.star.set(fresh.exogenous.star.subarray(...own), at);
  }
  return { wealth, exogenous };
}
