import * as tf from '@tensorflow/tfjs';
import type { AdamMoments } from '../../nn/adam.ts';
import { weightCount } from '../../nn/network.ts';
import type { SavedState } from '../saved-state.ts';
import { numberIn, saveTensor, tensorIn } from '../saved-state.ts';
import type { NkConfiguration } from './configuration.ts';
import type { NkKit } from './kit.ts';
import { NK_PARAMETER_COUNT } from './parameters.ts';
import { activationOf, policyWidths } from './policy.ts';
import type { NkWorld } from './world.ts';
import { economiesOf } from './world.ts';

/** What a run holds between two gradient steps. Random streams are named by purpose and step, so they hold nothing. */
export interface NkRunState {
  /** Gradient steps taken. */
  readonly step: number;
  /** Flat, (P). */
  readonly weights: tf.Tensor1D;
  readonly moments: AdamMoments;
  /** Of the second-order method; 0 without. */
  readonly damping: number;
  readonly world: NkWorld;
}

/** Reads the state of a run from the engine. */
export async function saveState({ step, weights, moments, damping, world }: NkRunState): Promise<SavedState> {
  return {
    step,
    numbers: { updates: moments.step, generation: world.generation, damping },
    tensors: {
      weights: await saveTensor(weights),
      firstMoment: await saveTensor(moments.firstMoment),
      secondMoment: await saveTensor(moments.secondMoment),
      parameters: await saveTensor(world.parameters),
      zeta: await saveTensor(world.zeta),
    },
  };
}

/**
 * The state that was saved, on the engine; the caller owns its tensors.
 *
 * @throws InputError `state-unusable` when it is not that of a run with this configuration; no tensor is then made.
 */
export function restoreState(kit: NkKit, saved: SavedState, { batch, network }: NkConfiguration): NkRunState {
  const size = weightCount(policyWidths(network.hidden), activationOf(kit, network).sumsPerUnit);
  const weights = tensorIn(saved, 'weights', size).data;
  const firstMoment = tensorIn(saved, 'firstMoment', size).data;
  const secondMoment = tensorIn(saved, 'secondMoment', size).data;
  const parameters = tensorIn(saved, 'parameters', batch * NK_PARAMETER_COUNT).data;
  const zeta = tensorIn(saved, 'zeta', batch);
  const [updates, generation] = [numberIn(saved, 'updates'), numberIn(saved, 'generation')];
  const damping = numberIn(saved, 'damping');
  return {
    step: saved.step,
    weights: tf.tensor1d(weights),
    moments: {
      firstMoment: tf.tensor1d(firstMoment),
      secondMoment: tf.tensor1d(secondMoment),
      step: updates,
    },
    damping,
    world: {
      ...economiesOf(kit, parameters),
      zeta: tf.tensor(zeta.data, [...zeta.shape]),
      generation,
    },
  };
}
