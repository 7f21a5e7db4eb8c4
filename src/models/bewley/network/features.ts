import * as tf from '@tensorflow/tfjs';
import { denseWithActivation } from '../../../nn/dense.ts';
import { groupMeans } from '../../../nn/groups.ts';
import type { LayerWeights } from '../../../nn/network.ts';
import type { BewleyPolicyInputs } from '../controls.ts';
import type { BewleyConfiguration, BewleyNetworkSettings } from '../configuration.ts';
import type { BewleyTrainerKit } from '../trainer-kit.ts';

/** Numbers of an agent that are normalised: wealth and ability, and the logarithms of both. */
export const NORMALISED_FEATURES = 4;

/** Wealth and ability alone, which come first: what agents are told of each other one by one. */
const LEVELS = 2;

/** Numbers of an agent that the network is fed: those, and whether it is a star. */
export const OWN_FEATURES = NORMALISED_FEATURES + 1;

/** Means and variances of what is normalised, and the covariance of wealth and ability. */
const MOMENTS = 2 * NORMALISED_FEATURES + 1;

/** Wealth, over what agents own at first, below which its logarithm bends off to that of a constant. */
const LEAST_WEALTH = 1 / 50;

/**
 * What the normaliser is fed: a, e, log(a + ā/50) and log e, (B, A, 4), ā the mean wealth of new worlds. Policies bend near
 * the borrowing limit, and ability is lognormal: on the levels alone a network sees neither. The star is 0 or 1 and stays so.
 */
export function features(
  { wealth, ability }: BewleyPolicyInputs,
  { initial }: Pick<BewleyConfiguration, 'initial'>,
): tf.Tensor3D {
  const logWealth = tf.log(tf.add(wealth, initial.wealth.mean * LEAST_WEALTH));
  return tf.stack([wealth, ability, logWealth, tf.log(ability)], 2) as tf.Tensor3D;
}

/** Numbers that a world is described by to its agents. */
export function crossSectionSize(
  { distribution, features: learnt }: BewleyNetworkSettings,
  agents: number,
): number {
  if (distribution === 'moments') return MOMENTS;
  return distribution === 'deep-sets' ? learnt : LEVELS * agents;
}

/** What a network knows of a period: its own numbers of each agent, (B·A, 5), and normalised ones of all, (B, A, 4). */
export interface BewleyObserved {
  readonly own: tf.Tensor2D;
  readonly normalised: tf.Tensor3D;
}

/**
 * What the agents of each world are told of one another, (B, W): moments of what is normalised; means of features that
 * are learnt (Zaheer et al. 2017); or wealth and ability of all in the order of the agents, over 2A, so that a step of the
 * optimiser moves what A agents add up to no further than it moves a mean.
 *
 * @param embedding the layer of the features that are learnt; of `deep-sets` alone
 */
export function crossSection(
  kit: Pick<BewleyTrainerKit, 'activation'>,
  { own, normalised }: BewleyObserved,
  { distribution }: Pick<BewleyNetworkSettings, 'distribution'>,
  embedding?: LayerWeights,
): tf.Tensor2D {
  const [worlds, agents] = normalised.shape;
  if (distribution === 'ordered') {
    const size = LEVELS * agents;
    const levels = tf.slice(normalised, [0, 0, 0], [worlds, agents, LEVELS]);
    return tf.mul(tf.reshape(levels, [worlds, size]), 1 / size);
  }
  if (embedding !== undefined) {
    const learnt = denseWithActivation(own, embedding.kernel, embedding.bias, kit.activation);
    return groupMeans(tf.reshape(learnt, [worlds, agents, learnt.shape[1]]));
  }
  const means = groupMeans(normalised);
  const centred: tf.Tensor3D = tf.sub(normalised, tf.reshape(means, [worlds, 1, NORMALISED_FEATURES]));
  const variances = groupMeans(tf.square(centred));
  const column = (index: number): tf.Tensor3D => tf.slice(centred, [0, 0, index], [worlds, agents, 1]);
  const covariance = groupMeans(tf.mul(column(0), column(1)));
  return tf.concat2d([means, variances, covariance], 1);
}
