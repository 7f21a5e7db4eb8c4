import * as tf from '@tensorflow/tfjs';
import { activate } from '../../../nn/activate.ts';
import { dense, denseWithActivation } from '../../../nn/dense.ts';
import { modulated } from '../../../nn/film.ts';
import { addToGroups } from '../../../nn/groups.ts';
import type { BewleyConfiguration, BewleyTaxes } from '../configuration.ts';
import { BEWLEY_OUTPUTS } from '../controls.ts';
import type { BewleyTrainerKit } from '../trainer-kit.ts';
import { OWN_FEATURES } from './features.ts';
import type { NetworkWeights } from './weights.ts';

/** What the network is fed: normalised features (B, A, 4), and stars (B, A). */
export interface BewleyNetworkInputs {
  readonly normalised: tf.Tensor3D;
  readonly star: tf.Tensor;
}

/**
 * Raw outputs (B, A, 3) of the FiLM residual network. Of an agent's own numbers x and what it is told of its world, z:
 *
 *     u = f(x W + z V + b),   u ← u + f(FiLM(u W + b))  for each block,   head, outputs
 *
 * The first layer is split: z V is computed once a world. It is the layer on [x, z] at a fraction of the cost.
 */
export function network(
  kit: BewleyTrainerKit,
  weights: NetworkWeights,
  inputs: BewleyNetworkInputs,
  { network: settings, taxes }: Pick<BewleyConfiguration, 'network' | 'taxes'>,
): tf.Tensor3D {
  const { normalised } = inputs;
  const [worlds, agents] = normalised.shape;
  const { activation } = kit;
  const own = ownFeatures(inputs);
  const embedding = settings.distribution === 'deep-sets' ? weights.layer('features') : undefined;
  const told = kit.crossSection(kit, { own, normalised }, settings, embedding);
  const first = kit.firstLayer({ own, told }, weights, [worlds, agents]);
  const condition = conditionOf(taxes);
  let x = activate(first, activation);
  for (let block = 0; block < settings.blocks; block += 1) {
    const name = `block${block}`;
    const { kernel, bias } = modulated(weights.layer(name), condition, weights.matrix(`${name}.modulation`));
    x = tf.add(x, denseWithActivation(x, kernel, bias, activation));
  }
  const head = weights.layer('head');
  const outputs = weights.layer('outputs');
  x = denseWithActivation(x, head.kernel, head.bias, activation);
  return tf.reshape(dense(x, outputs.kernel, outputs.bias), [worlds, agents, BEWLEY_OUTPUTS.length]);
}

/** What the first layer is fed: numbers of agents, (B·A, 5), and of worlds, (B, W). */
export interface BewleyFirstInputs {
  readonly own: tf.Tensor2D;
  readonly told: tf.Tensor2D;
}

/** Sums of the first layer, (B·A, H), before the activation. */
export function firstLayer(
  { own, told }: BewleyFirstInputs,
  weights: NetworkWeights,
  [worlds, agents]: readonly [worlds: number, agents: number],
): tf.Tensor2D {
  const { kernel, bias } = weights.layer('own');
  const ofAgents = dense(own, kernel, bias);
  const ofWorlds = dense(told, weights.matrix('others.kernel'), tf.zerosLike(bias));
  const width = bias.size;
  const sums = addToGroups(tf.reshape(ofAgents, [worlds, agents, width]), ofWorlds);
  return tf.reshape(sums, [worlds * agents, width]);
}

function ownFeatures({ normalised, star }: BewleyNetworkInputs): tf.Tensor2D {
  const [worlds, agents] = normalised.shape;
  const flags = tf.reshape(star, [worlds, agents, 1]);
  return tf.reshape(tf.concat([normalised, flags], 2), [worlds * agents, OWN_FEATURES]);
}

/** The tax parameters, (1, 5): the same for all worlds of a run. */
function conditionOf({ consumption, income, wealth }: BewleyTaxes): tf.Tensor2D {
  return tf.tensor2d([[consumption, income.tau, income.xi, wealth.tau, wealth.xi]]);
}
