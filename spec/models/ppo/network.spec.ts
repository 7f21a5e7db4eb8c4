import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { PpoNetworkSettings, PpoSizes } from '../../../src/models/ppo/index.ts';
import {
  initialWeights,
  network,
  ppoShapes,
  rescaleHead,
  sectionOf,
  valueHeadOf,
} from '../../../src/models/ppo/index.ts';
import { unflatten } from '../../../src/nn/flat.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import { expectClose, onWasm, read } from '../../nn/on-wasm.ts';

onWasm();

const discrete: PpoSizes = { observations: 3, actions: 2, rewards: 2, kind: 'discrete' };
const continuous: PpoSizes = { ...discrete, kind: 'continuous' };
const separate: PpoNetworkSettings = { hidden: [5, 4], shared: false };
const shared: PpoNetworkSettings = { hidden: [5, 4], shared: true };

const sizeOf = (sizes: PpoSizes, settings: PpoNetworkSettings): number =>
  ppoShapes(sizes, settings).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);

const OBSERVATIONS = [
  [0.5, -1, 2],
  [1, 0.25, -0.75],
];

/** Policies and values, flat, at weights. */
const outputsAt = async (weights: Float32Array, sizes: PpoSizes, settings: PpoNetworkSettings) => {
  const [policy = [], values = []] = await read(() => {
    const tensors = unflatten(tf.tensor1d(weights), ppoShapes(sizes, settings));
    const outputs = network(tensors, tf.tensor2d(OBSERVATIONS), sizes, settings);
    return [outputs.policy, outputs.values];
  });
  return { policy, values };
};

describe('weights', () => {
  it('are of two networks, or of one with two heads', () => {
    const tower = 3 * 5 + 5 + (5 * 4 + 4);
    const heads = 4 * 2 + 2 + (4 * 2 + 2);
    expect(sizeOf(discrete, separate)).toBe(2 * tower + heads);
    expect(sizeOf(discrete, shared)).toBe(tower + heads);
    expect(sizeOf(continuous, separate)).toBe(2 * tower + heads + 2);
  });

  it.each([
    ['separate', separate],
    ['shared', shared],
  ] as const)('lie together by whom they serve, and fill the vector: %s', (_, settings) => {
    for (const sizes of [discrete, continuous]) {
      const total = sizeOf(sizes, settings);
      const [policy, value, both] = (['policy', 'value', 'both'] as const).map((owner) =>
        sectionOf(owner, sizes, settings),
      );
      const spans = [both, policy, value].filter((span) => span !== undefined && span[1] > span[0]);
      expect(spans.map((span) => span?.[0])).toEqual([0, ...spans.slice(0, -1).map((span) => span?.[1])]);
      expect(spans.at(-1)?.[1]).toBe(total);
      expect(valueHeadOf(sizes, settings)).toEqual([total - (4 * 2 + 2), total]);
    }
  });

  it('begin orthogonal with biases 0, an even policy, and the deviation that is asked for', async () => {
    const weights = initialWeights(streamOf(1), continuous, separate, 0.5);
    const [, to] = sectionOf('policy', continuous, separate);
    expectClose([...weights.subarray(to - 2, to)], [Math.log(0.5), Math.log(0.5)]);
    expect([...weights.subarray(-2)]).toEqual([0, 0]);
    const { policy, values } = await outputsAt(weights, continuous, separate);
    expect(Math.max(...policy.map(Math.abs))).toBeLessThan(0.05);
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.05);
    expect(initialWeights(streamOf(1), continuous, separate, 0.5)).toEqual(weights);
    expect(initialWeights(streamOf(2), continuous, separate, 0.5)).not.toEqual(weights);
  });
});

describe('network', () => {
  it('is tanh layers and linear heads, by hand', async () => {
    const sizes: PpoSizes = { observations: 1, actions: 1, rewards: 1, kind: 'discrete' };
    const settings: PpoNetworkSettings = { hidden: [1], shared: false };
    // Policy: kernel, bias, head, its bias; then the same of the value.
    const weights = Float32Array.of(2, 0.5, 3, -1, -1, 0.25, 4, 2);
    const [policy = [], values = []] = await read(() => {
      const tensors = unflatten(tf.tensor1d(weights), ppoShapes(sizes, settings));
      const outputs = network(tensors, tf.tensor2d([[0.3]]), sizes, settings);
      return [outputs.policy, outputs.values];
    });
    expectClose(policy, [3 * Math.tanh(1.1) - 1]);
    expectClose(values, [4 * Math.tanh(-0.05) + 2]);
  });

  it.each([
    ['separate', separate],
    ['shared', shared],
  ] as const)('%s: the sections are what each output depends on', async (_, settings) => {
    const weights = initialWeights(streamOf(3), discrete, settings, 1);
    const before = await outputsAt(weights, discrete, settings);
    const moved = (owner: 'policy' | 'value' | 'both') => {
      const [from, to] = sectionOf(owner, discrete, settings);
      return outputsAt(
        weights.map((weight, at) => (at >= from && at < to ? weight + 0.3 : weight)),
        discrete,
        settings,
      );
    };
    const [policy, value] = [await moved('policy'), await moved('value')];
    expect([policy.values, value.policy]).toEqual([before.values, before.policy]);
    expect(policy.policy).not.toEqual(before.policy);
    expect(value.values).not.toEqual(before.values);
    if (!settings.shared) return;
    const both = await moved('both');
    expect(both.policy).not.toEqual(before.policy);
    expect(both.values).not.toEqual(before.values);
  });

  it('has deviations of a Gaussian policy among its weights, and none of a discrete one', () => {
    tf.tidy(() => {
      const logDeviationOf = (sizes: PpoSizes) =>
        network(
          unflatten(tf.zeros([sizeOf(sizes, shared)]), ppoShapes(sizes, shared)),
          tf.tensor2d(OBSERVATIONS),
          sizes,
          shared,
        ).logDeviation;
      expect(logDeviationOf(discrete)).toBeUndefined();
      expect(logDeviationOf(continuous)?.shape).toEqual([2]);
    });
  });
});

describe('rescaleHead', () => {
  it('leaves predictions in units of the reward, and all other weights, as they are', async () => {
    for (const settings of [separate, shared]) {
      const weights = initialWeights(streamOf(5), continuous, settings, 1).map((weight) => weight + 0.1);
      const old = { mean: Float64Array.of(1, -20), deviation: Float64Array.of(2, 30) };
      const now = { mean: Float64Array.of(-3, 500), deviation: Float64Array.of(0.5, 7) };
      const head = valueHeadOf(continuous, settings);
      const rescaled = rescaleHead(weights, head, old, now);
      expect(rescaled.subarray(0, head[0])).toEqual(weights.subarray(0, head[0]));
      const inUnits = (values: readonly number[], { mean, deviation }: typeof old): readonly number[] =>
        values.map((value, at) => (mean[at % 2] ?? NaN) + (deviation[at % 2] ?? NaN) * value);
      const before = inUnits((await outputsAt(weights, continuous, settings)).values, old);
      const after = inUnits((await outputsAt(rescaled, continuous, settings)).values, now);
      expectClose(after, before, 1e-5);
    }
  });

  it('changes nothing where the scale stays', () => {
    const weights = initialWeights(streamOf(5), discrete, shared, 1);
    const scale = { mean: Float64Array.of(1, 2), deviation: Float64Array.of(2, 4) };
    expect(rescaleHead(weights, valueHeadOf(discrete, shared), scale, scale)).toEqual(weights);
  });
});
