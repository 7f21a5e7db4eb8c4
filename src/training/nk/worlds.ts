import * as tf from '@tensorflow/tfjs';
import type { NkConfiguration } from '../../models/nk/configuration.ts';
import type { NkKit } from '../../models/nk/kit.ts';
import type { NkWorld } from '../../models/nk/world.ts';
import { drawState, economiesOf } from '../../models/nk/world.ts';
import type { Stream } from '../../numerics/stream.ts';

/** The world that a run starts in: parameters from the prior, states from their ergodic distribution. The caller owns its tensors. */
export function firstWorld(
  kit: NkKit,
  { batch, procedure, sampling }: NkConfiguration,
  stream: Stream,
): NkWorld {
  const parameterValues = kit.drawParameters(streamFor(stream, 'parameters', 0), batch);
  const zeta = drawState(kit, streamFor(stream, 'state', 0), parameterValues, { procedure, sampling });
  return { ...economiesOf(kit, parameterValues), zeta: tf.tensor1d(zeta), generation: 0 };
}

/**
 * The world of the coming iteration: new parameters where it is time for them, then the next state. Takes over the
 * tensors of the old world, and disposes of those that are replaced.
 *
 * @throws SubjectError `shape-mismatch`; the old world is then still alive.
 */
export function nextWorld(
  kit: NkKit,
  { batch, procedure, sampling }: NkConfiguration,
  stream: Stream,
  world: NkWorld,
  iteration: number,
): NkWorld {
  const redrawn = kit.redrawsParameters(iteration, procedure);
  const economies = redrawn
    ? economiesOf(kit, kit.drawParameters(streamFor(stream, 'parameters', iteration), batch))
    : world;
  try {
    const zeta = kit.nextState(kit, {
      world: { ...world, ...economies },
      redrawn,
      procedure,
      sampling,
      stream: streamFor(stream, 'state', iteration),
    });
    kit.release(redrawn ? tensorsOf(world) : { zeta: world.zeta });
    return { ...economies, zeta, generation: world.generation + 1 };
  } catch (error) {
    // The old world is still that of the run; the new parameters are nobody's.
    if (redrawn) kit.release({ parameters: economies.parameters, ...economies.coefficients });
    throw error;
  }
}

/** Every tensor of a world, by name. */
export function tensorsOf({ parameters, coefficients, zeta }: NkWorld): Readonly<Record<string, tf.Tensor>> {
  return { parameters, ...coefficients, zeta };
}

function streamFor(stream: Stream, purpose: 'parameters' | 'state', iteration: number): Stream {
  return stream.split(purpose).split(iteration);
}
