import * as tf from '@tensorflow/tfjs';
import type {
  BewleyConfiguration,
  BewleyPolicy,
  BewleyPolicyInputs,
} from '../../../../src/models/bewley/index.ts';
import { bewleyTrainerKit, networkShapes } from '../../../../src/models/bewley/index.ts';
import { streamOf, uniforms } from '../../../../src/numerics/stream.ts';
import { economy } from '../presets.ts';

export const [WORLDS, AGENTS] = [3, 5];

export const DISTRIBUTIONS = ['moments', 'deep-sets', 'ordered'] as const;

/** The documented economy, or that of presets, with a network of a few hundred weights; assignments come last. */
export function small(...layers: readonly string[]): BewleyConfiguration {
  const isAssignment = (layer: string): boolean => layer.includes('=');
  return economy(
    ...layers.filter((layer) => !isAssignment(layer)),
    `batch.worlds=${WORLDS}`,
    `batch.agents=${AGENTS}`,
    'network.hidden=6',
    'network.head=4',
    'network.features=7',
    ...layers.filter(isAssignment),
  );
}

/** Number of weights of a configuration. */
export function weightCountOf(configuration: BewleyConfiguration): number {
  const sizes = networkShapes(configuration).map((shape) =>
    shape.reduce((product, length) => product * length, 1),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Weights on ±scale everywhere: unlike those that a run begins with, they modulate, and outputs differ widely. */
export function anyWeights(configuration: BewleyConfiguration, scale = 0.6): tf.Tensor1D {
  const drawn = uniforms(streamOf('any weights'), weightCountOf(configuration));
  return tf.tensor1d(Float32Array.from(drawn, (share) => scale * (2 * share - 1)));
}

/** Agents of different wealth, some of them stars. */
export function anyInputs(worlds = WORLDS, agents = AGENTS): BewleyPolicyInputs {
  const drawn = (label: string): tf.Tensor2D =>
    tf.tensor2d(Float32Array.from(uniforms(streamOf(label), worlds * agents)), [worlds, agents]);
  return {
    wealth: tf.mul(drawn('wealth'), 5),
    ability: tf.add(drawn('ability'), 0.5),
    star: tf.cast(tf.less(drawn('star'), 0.3), 'float32'),
  };
}

/** The policy of any weights, with statistics that are not 0 and 1. */
export function anyPolicy(configuration: BewleyConfiguration): BewleyPolicy {
  const shape = configuration.normaliser.scope === 'global' ? [4] : [configuration.batch.agents, 4];
  const statistics = { mean: tf.fill(shape, 0.5), variance: tf.fill(shape, 2) };
  return bewleyTrainerKit.policy(
    bewleyTrainerKit,
    { weights: anyWeights(configuration), statistics },
    configuration,
  );
}
