import type { Stream } from '../../../../numerics/stream.ts';
import { at } from '../row.ts';
import type { ColonyAction } from './action.ts';
import type { Colony } from './colony.ts';
import { nodes } from './colony.ts';
import type { DurotaxisKit } from './kit.ts';
import type { Substrate } from './substrate.ts';

/** A colony with its new nodes, and for each of them by how much its intensity exceeds its parent's. */
export interface Spawning {
  readonly colony: Colony;
  readonly gains: readonly number[];
}

/** L = γ_h/(1 + (α_h/f)²), Hill's curve of order 2: nodes on stiffer substrate reach further. */
export function spawnLength({ reach, softness }: ColonyAction, intensity: number): number {
  return reach / (1 + (softness / intensity) ** 2);
}

/**
 * Each node spawns one, at L + noise · N(0, 1) from it in direction θ, which comes next in the chain. Where the noise
 * exceeds L the new node is behind its parent: the one way in which a colony moves to the left.
 */
export function spawning(
  kit: DurotaxisKit,
  colony: Colony,
  substrate: Substrate,
  action: ColonyAction,
  random: Stream,
): Spawning {
  const count = nodes(colony);
  const [x, y] = [new Float32Array(2 * count), new Float32Array(2 * count)];
  const gains: number[] = [];
  const [along, across] = [Math.cos(action.angle), Math.sin(action.angle)];
  for (let i = 0; i < count; i += 1) {
    const [parentX, parentY] = [at(colony.x, i), at(colony.y, i)];
    const here = kit.intensity(substrate, parentX);
    const length = kit.spawnLength(action, here) + action.noise * random.normal();
    x[2 * i] = parentX;
    y[2 * i] = parentY;
    x[2 * i + 1] = parentX + length * along;
    y[2 * i + 1] = parentY + length * across;
    gains.push(kit.intensity(substrate, at(x, 2 * i + 1)) - here);
  }
  return { colony: { x, y }, gains };
}
