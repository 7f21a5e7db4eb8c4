import type * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../../../errors.ts';
import { unflatten } from '../../../nn/flat.ts';
import type { BatchMoments, NormaliserStatistics } from '../../../nn/normaliser-statistics.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import type { BewleyPolicy, BewleyPolicyInputs } from '../controls.ts';
import type { BewleyTrainerKit } from '../trainer-kit.ts';
import { namedWeights, networkShapes } from './weights.ts';

/** What a trained policy is made of: weights, flat (P), and the statistics by which its inputs are normalised. */
export interface BewleyPolicyState {
  readonly weights: tf.Tensor1D;
  readonly statistics: BatchMoments;
}

/** What a policy takes of a configuration. */
export type BewleyPolicySettings = Pick<
  BewleyConfiguration,
  'network' | 'batch' | 'normaliser' | 'taxes' | 'initial'
>;

/**
 * The policy of these weights: it may be asked about any number of worlds; of as many agents as it was trained with where
 * it knows them by their numbers. The statistics stay as they are, and carry no gradient.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function policy(
  kit: BewleyTrainerKit,
  { weights, statistics }: BewleyPolicyState,
  settings: BewleyPolicySettings,
): BewleyPolicy {
  const named = namedWeights(settings, unflatten(weights, networkShapes(settings)));
  return (inputs) => {
    kit.requireShapes('the policy', { agents: { ...inputs } });
    requireKnownAgents(inputs, settings);
    // Its count tells nothing about what it gives.
    const past: NormaliserStatistics = { ...statistics, count: 1 };
    const { normalised } = kit.normaliser.transform(
      kit.normaliser,
      kit.features(inputs, settings),
      past,
      settings.normaliser,
    );
    const fed = { normalised: normalised as tf.Tensor3D, star: inputs.star };
    return kit.controls(kit.network(kit, named, fed, settings), settings.network.labor);
  };
}

/** Statistics of every agent would be broadcast to another number of agents, if that is one. */
function requireKnownAgents(
  { wealth }: BewleyPolicyInputs,
  { network, normaliser, batch }: Pick<BewleyPolicySettings, 'network' | 'normaliser' | 'batch'>,
): void {
  const [, agents] = wealth.shape;
  const knowsThem = network.distribution === 'ordered' || normaliser.scope === 'per-agent';
  if (!knowsThem || agents === batch.agents) return;
  throw new SubjectError({
    code: 'shape-mismatch',
    what: 'the policy: it knows agents by their numbers, and was asked about others',
    given: `worlds of ${agents} agents`,
    expected: `worlds of ${batch.agents}`,
    todo: 'ask about as many as it was trained with, or train with distribution moments or deep-sets and scope global',
  });
}
