import * as tf from '@tensorflow/tfjs';
import type { BewleyState } from '../controls.ts';
import type { BewleyWorlds } from '../worlds.ts';

/** All agents of some worlds at the start of a period, on the host: B·A numbers of each kind, world by world. */
export interface CrossSection extends BewleyWorlds {
  readonly worlds: number;
  readonly agents: number;
}

/** A cross-section as tensors, (B, A) each; the surrounding scope owns them. */
export function stateTensors({ wealth, exogenous, worlds, agents }: CrossSection): BewleyState {
  const rows = (values: Float32Array | Uint8Array): tf.Tensor =>
    // A copy: engines of the host read the array for as long as the tensor lives.
    tf.tensor2d(Float32Array.from(values), [worlds, agents], 'float32');
  return { wealth: rows(wealth), ability: rows(exogenous.ability), star: rows(exogenous.star) };
}

/** The worlds of these numbers, in this order. */
export function someWorlds(
  { wealth, exogenous: { ability, star }, agents }: CrossSection,
  chosen: readonly number[],
): CrossSection {
  const size = chosen.length * agents;
  const some = {
    wealth: new Float32Array(size),
    exogenous: { ability: new Float32Array(size), star: new Uint8Array(size) },
  };
  chosen.forEach((world, index) => {
    const own = [world * agents, (world + 1) * agents] as const;
    some.wealth.set(wealth.subarray(...own), index * agents);
    some.exogenous.ability.set(ability.subarray(...own), index * agents);
    some.exogenous.star.set(star.subarray(...own), index * agents);
  });
  return { ...some, worlds: chosen.length, agents };
}

/** The first worlds, as many as have `most` agents together, and one at least. */
export function firstWorlds(section: CrossSection, most: number): CrossSection {
  const count = Math.min(section.worlds, Math.max(1, Math.floor(most / section.agents)));
  return someWorlds(
    section,
    Array.from({ length: count }, (_, world) => world),
  );
}

/** Reads tensors that a computation makes, by name, and disposes of everything that it made. */
export async function readTensors<Name extends string>(
  computation: () => Readonly<Record<Name, tf.Tensor>>,
): Promise<Readonly<Record<Name, Float32Array>>> {
  // A record of tensors is a container of tensors, which its type does not say.
  const made = tf.tidy(() => ({ ...computation() }) as Record<Name, tf.Tensor> & tf.TensorContainerObject);
  const entries = Object.entries<tf.Tensor>(made);
  try {
    const values = await Promise.all(entries.map(([, tensor]) => tensor.data<'float32'>()));
    return Object.fromEntries(entries.map(([name], index) => [name, values[index]])) as Record<
      Name,
      Float32Array
    >;
  } finally {
    tf.dispose(entries.map(([, tensor]) => tensor));
  }
}
