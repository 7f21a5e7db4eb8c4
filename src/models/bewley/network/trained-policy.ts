import * as tf from '@tensorflow/tfjs';
import { InputError } from '../../../errors.ts';
import type { SavedNormaliser } from '../../../nn/saved-normaliser.ts';
import type { BewleyPolicy } from '../controls.ts';
import type { BewleyTrainerKit } from '../trainer-kit.ts';
import type { BewleyPolicySettings } from './policy.ts';

/** What training leaves of a policy, on the host. */
export interface TrainedPolicy {
  /** Flat, (P), in the order of `networkShapes`. */
  readonly weights: Float32Array;
  readonly normaliser: SavedNormaliser;
}

/** A policy on the engine, and its tensors. */
export interface OpenPolicy {
  readonly policy: BewleyPolicy;
  readonly dispose: () => void;
}

/**
 * A trained policy on the engine, to be asked until it is disposed of.
 *
 * @throws InputError `normaliser-empty` for one whose normaliser has seen no batch.
 */
export function openPolicy(
  kit: BewleyTrainerKit,
  { weights, normaliser }: TrainedPolicy,
  settings: BewleyPolicySettings,
): OpenPolicy {
  const statistics = kit.normaliser.load(normaliser);
  if (statistics === undefined) {
    throw new InputError({
      code: 'normaliser-empty',
      what: 'a policy cannot act before its normaliser has seen a batch',
      expected: 'a policy that was trained for a step at least, or warm-up batches',
    });
  }
  const flat = tf.tensor1d(weights);
  return {
    // Cut anew at each call: the slices belong to the scope around it.
    policy: (inputs) => kit.policy(kit, { weights: flat, statistics }, settings)(inputs),
    dispose: () => {
      flat.dispose();
      kit.releaseStatistics(statistics);
    },
  };
}
