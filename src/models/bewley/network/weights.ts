import type * as tf from '@tensorflow/tfjs';
import { SuiteError } from '../../../errors.ts';
import type { LayerWeights, WeightShapes } from '../../../nn/network.ts';
import type { Stream } from '../../../numerics/stream.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import { BEWLEY_OUTPUTS } from '../controls.ts';
import { crossSectionSize, OWN_FEATURES } from './features.ts';

/** Tax parameters that the network is told: τ_c, τ, ξ, τ_a, ξ_a. */
export const CONDITION_SIZE = 5;

/** Outputs start within a tenth of what a layer of PyTorch would, about their bias: near the policy that it stands for. */
const OUTPUT_SCALE = 0.1;

/** One tensor of weights: its name, its shape, and on ±what it starts. */
interface WeightSlot {
  readonly name: string;
  readonly shape: readonly number[];
  readonly bound: number;
}

type Network = Pick<BewleyConfiguration, 'network' | 'batch'>;

function slots({ network, batch }: Network): readonly WeightSlot[] {
  const { distribution, features, hidden, blocks, head } = network;
  const outputs = BEWLEY_OUTPUTS.length;
  const told = crossSectionSize(network, batch.agents);
  // What is told over its number has a share of its own already.
  const toldBound = distribution === 'ordered' ? 1 : 1 / Math.sqrt(told);
  return [
    ...(distribution === 'deep-sets' ? layer('features', OWN_FEATURES, features) : []),
    ...layer('own', OWN_FEATURES, hidden),
    { name: 'others.kernel', shape: [told, hidden], bound: toldBound },
    ...Array.from({ length: blocks }, (_, index) => [
      ...layer(`block${index}`, hidden, hidden),
      { name: `block${index}.modulation`, shape: [CONDITION_SIZE, 2 * hidden], bound: 0 },
    ]).flat(),
    ...layer('head', hidden, head),
    ...layer('outputs', head, outputs, OUTPUT_SCALE),
  ];
}

/** Uniform on ±1/√fan_in, as PyTorch's `Linear`. */
function layer(name: string, from: number, to: number, scale = 1): readonly WeightSlot[] {
  const bound = scale / Math.sqrt(from);
  return [
    { name: `${name}.kernel`, shape: [from, to], bound },
    { name: `${name}.bias`, shape: [to], bound },
  ];
}

/** Shapes of the weights of a network, in the order in which they lie in the flat vector. */
export function networkShapes(configuration: Network): WeightShapes {
  return slots(configuration).map(({ shape }) => shape);
}

/**
 * Weights to begin with, flat (P). Biases of the outputs are those given, so that the first policy is near one that is
 * known to be sensible.
 */
export function drawWeights(
  stream: Stream,
  configuration: Network,
  outputBias: readonly number[],
): Float32Array {
  const drawn = slots(configuration).flatMap(({ name, shape, bound }) => {
    if (name === 'outputs.bias') return [...outputBias];
    const size = shape.reduce((product, length) => product * length, 1);
    // By name, so that a network with one layer more begins with the others as they were.
    const own = stream.split(name);
    return Array.from({ length: size }, () => bound * (2 * own.uniform() - 1));
  });
  return Float32Array.from(drawn);
}

/** Tensors of weights by name. */
export interface NetworkWeights {
  /** @throws SuiteError `network-weights` */
  readonly layer: (name: string) => LayerWeights;
  readonly matrix: (name: string) => tf.Tensor2D;
}

/** Gives the tensors of a network, in the order of `networkShapes`, their names. */
export function namedWeights(configuration: Network, tensors: readonly tf.Tensor[]): NetworkWeights {
  const byName = new Map(slots(configuration).map(({ name }, index) => [name, tensors[index]]));
  const tensor = (name: string): tf.Tensor => {
    const found = byName.get(name);
    if (found !== undefined) return found;
    throw new SuiteError({
      code: 'network-weights',
      what: 'a network was given weights that are not its own',
      given: `${tensors.length} tensors, none for ${name}`,
      expected: `${byName.size} tensors`,
    });
  };
  return {
    // Weights are typed without rank; matMul checks it.
    layer: (name) => ({
      kernel: tensor(`${name}.kernel`) as tf.Tensor2D,
      bias: tensor(`${name}.bias`) as tf.Tensor1D,
    }),
    matrix: (name) => tensor(name) as tf.Tensor2D,
  };
}
