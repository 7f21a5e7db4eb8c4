import * as tf from '@tensorflow/tfjs';
import { dense, denseWithActivation } from '../../nn/dense.ts';
import type { WeightShapes } from '../../nn/network.ts';
import { layersOf } from '../../nn/network.ts';
import { orthogonalMatrix } from '../../nn/orthogonal.ts';
import { tanh } from '../../nn/tanh.ts';
import type { Stream } from '../../numerics/stream.ts';
import type { PpoNetworkSettings } from './configuration.ts';
import type { PpoSizes } from './spaces.ts';

/** Which loss a weight serves. */
export type WeightOwner = 'policy' | 'value' | 'both';

interface WeightSlot {
  readonly name: string;
  readonly shape: readonly number[];
  readonly owner: WeightOwner;
  /** Of the orthogonal matrix that it starts from; biases start at 0. */
  readonly gain: number;
}

/** √2 keeps the scale through tanh layers; small last layers begin near the even policy (Andrychowicz and others 2021). */
const GAINS = { hidden: Math.SQRT2, policy: 0.01, value: 1 } as const;

/** Weights of a network in the order in which they lie in the flat vector (P). */
function slots(sizes: PpoSizes, { hidden, shared }: PpoNetworkSettings): readonly WeightSlot[] {
  const last = hidden.at(-1) ?? sizes.observations;
  const tower = (name: string, owner: WeightOwner): readonly WeightSlot[] =>
    hidden.flatMap((width, index) => {
      const from = hidden[index - 1] ?? sizes.observations;
      return layer(`${name}.${index}`, [from, width], owner, GAINS.hidden);
    });
  return [
    ...(shared ? tower('trunk', 'both') : tower('policy', 'policy')),
    ...layer('policy.head', [last, sizes.actions], 'policy', GAINS.policy),
    ...(sizes.kind === 'continuous'
      ? [{ name: LOG_DEVIATION, shape: [sizes.actions], owner: 'policy', gain: 0 } as const]
      : []),
    ...(shared ? [] : tower('value', 'value')),
    ...layer('value.head', [last, sizes.rewards], 'value', GAINS.value),
  ];
}

const LOG_DEVIATION = 'policy.logDeviation';

function layer(
  name: string,
  shape: readonly [number, number],
  owner: WeightOwner,
  gain: number,
): readonly WeightSlot[] {
  return [
    { name: `${name}.kernel`, shape, owner, gain },
    { name: `${name}.bias`, shape: [shape[1]], owner, gain: 0 },
  ];
}

/** Shapes of the weights of a network, in the order in which they lie in the flat vector. */
export function ppoShapes(sizes: PpoSizes, network: PpoNetworkSettings): WeightShapes {
  return slots(sizes, network).map(({ shape }) => shape);
}

/** Where in the flat vector the weights of an owner lie: from, and up to before. They lie together. */
export function sectionOf(
  owner: WeightOwner,
  sizes: PpoSizes,
  network: PpoNetworkSettings,
): readonly [from: number, to: number] {
  return span(sizes, network, (slot) => slot.owner === owner);
}

/** Where in the flat vector the last layer of the value lies: matrix (H, C), then bias (C). */
export function valueHeadOf(
  sizes: PpoSizes,
  network: PpoNetworkSettings,
): readonly [from: number, to: number] {
  return span(sizes, network, ({ name }) => name.startsWith('value.head'));
}

function span(
  sizes: PpoSizes,
  network: PpoNetworkSettings,
  isMeant: (slot: WeightSlot) => boolean,
): readonly [from: number, to: number] {
  let [position, from, to] = [0, 0, 0];
  for (const slot of slots(sizes, network)) {
    const size = sizeOf(slot);
    if (isMeant(slot)) [from, to] = [to === 0 ? position : from, position + size];
    position += size;
  }
  return [from, to];
}

function sizeOf({ shape }: WeightSlot): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Weights to begin with, flat (P): orthogonal matrices, biases 0, and the logarithm of the deviation of a Gaussian policy.
 */
export function initialWeights(
  stream: Stream,
  sizes: PpoSizes,
  network: PpoNetworkSettings,
  deviation: number,
): Float32Array {
  const parts = slots(sizes, network).map((slot) => {
    const [rows = 0, columns] = slot.shape;
    if (slot.name === LOG_DEVIATION) return new Float32Array(rows).fill(Math.log(deviation));
    if (columns === undefined) return new Float32Array(rows);
    return orthogonalMatrix(stream.split(slot.name), [rows, columns], slot.gain);
  });
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

/** What a network says of m observations. */
export interface PpoOutputs {
  /** (m, A): logits of a discrete policy, means of a Gaussian one. */
  readonly policy: tf.Tensor2D;
  /** (A): log standard deviations of a Gaussian policy, the same for all observations. */
  readonly logDeviation: tf.Tensor1D | undefined;
  /** (m, C), in the units of the loss. */
  readonly values: tf.Tensor2D;
}

/** The networks of policy and value at observations (m, O); weights are the tensors of `ppoShapes`. */
export function network(
  weights: readonly tf.Tensor[],
  observations: tf.Tensor2D,
  sizes: PpoSizes,
  settings: PpoNetworkSettings,
): PpoOutputs {
  const { hidden, shared } = settings;
  const isGaussian = sizes.kind === 'continuous';
  const depth = 2 * hidden.length;
  const [policyHead, values] = [depth, depth + (isGaussian ? 3 : 2)];
  const first = tower(weights.slice(0, depth), observations);
  const second = shared ? first : tower(weights.slice(values, values + depth), observations);
  return {
    policy: affine(weights.slice(policyHead, policyHead + 2), first),
    // Weights are typed without rank.
    logDeviation: isGaussian ? (weights[policyHead + 2] as tf.Tensor1D) : undefined,
    values: affine(weights.slice(-2), second),
  };
}

function tower(weights: readonly tf.Tensor[], inputs: tf.Tensor2D): tf.Tensor2D {
  return layersOf(weights).reduce(
    (x, { kernel, bias }) => denseWithActivation(x, kernel, bias, tanh),
    inputs,
  );
}

function affine(weights: readonly tf.Tensor[], inputs: tf.Tensor2D): tf.Tensor2D {
  const [head] = layersOf(weights);
  return head === undefined ? tf.zeros([inputs.shape[0], 0]) : dense(inputs, head.kernel, head.bias);
}
