import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { AdamMoments } from '../../src/nn/adam.ts';
import { adamW, freshMoments } from '../../src/nn/adam.ts';
import { expectClose, onWasm } from './on-wasm.ts';

onWasm();

const START = [1, -2, 0.5];
const SETTINGS = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** Weights after each of `steps` updates with gradients of the caller's. */
async function path(
  steps: number,
  learningRate: number,
  weightDecay: number,
  gradientOf: (weights: tf.Tensor1D, step: number) => tf.Tensor1D,
): Promise<number[][]> {
  let weights: tf.Tensor1D = tf.tensor1d(START);
  let moments: AdamMoments = freshMoments(START.length);
  const visited: number[][] = [];
  for (let step = 0; step < steps; step += 1) {
    const gradient = gradientOf(weights, step);
    const next = adamW({ weights, gradient, moments, learningRate }, { ...SETTINGS, weightDecay });
    tf.dispose([gradient, weights, moments.firstMoment, moments.secondMoment]);
    ({ weights, moments } = next);
    visited.push([...(await weights.data())]);
  }
  tf.dispose([weights, moments.firstMoment, moments.secondMoment]);
  return visited;
}

describe('adamW', () => {
  it('moves every weight by the learning rate at the first step, whatever the size of its gradient', async () => {
    const [first = []] = await path(1, 0.01, 0, () => tf.tensor1d([1e-3, -1, 1000]));
    expectClose(first, [0.99, -1.99, 0.49]);
  });

  it('without decay is the Adam of tfjs', async () => {
    const gradients = [
      [0.3, -0.2, 1],
      [-0.1, 0.4, 0.01],
      [0.5, 0.5, -2],
      [0, -1, 0.3],
    ];
    const own = await path(4, 0.02, 0, (_, step) => tf.tensor1d(gradients[step] ?? []));
    const optimiser = tf.train.adam(0.02, SETTINGS.beta1, SETTINGS.beta2, SETTINGS.epsilon);
    const start = tf.tensor1d(START);
    const variable = tf.variable(start, true, 'weights');
    start.dispose();
    for (const [step, gradient] of gradients.entries()) {
      tf.tidy(() => {
        optimiser.applyGradients([{ name: 'weights', tensor: tf.tensor1d(gradient) }]);
      });
      expectClose(own[step] ?? [], [...(await variable.data())], 2e-6);
    }
    optimiser.dispose();
    tf.disposeVariables();
  });

  it('decays weights outside the moments: by learningRate · weightDecay a step when the gradient is 0', async () => {
    const [, , third = []] = await path(3, 0.1, 0.5, () => tf.zeros([3]));
    expectClose(third, [0.857375, -1.71475, 0.4286875]);
  });

  it('finds the minimum of a quadratic', async () => {
    const visited = await path(400, 0.05, 0, (weights) =>
      tf.tidy(() => tf.sub<tf.Tensor1D>(weights, [3, 1, -1])),
    );
    expectClose(visited.at(-1) ?? [], [3, 1, -1], 1e-3);
  });

  it('leaves what it is given alive', () => {
    const inputs = { weights: tf.tensor1d(START), gradient: tf.tensor1d(START), moments: freshMoments(3) };
    const { weights, moments } = adamW({ ...inputs, learningRate: 0.1 }, SETTINGS);
    const given = [inputs.weights, inputs.gradient, inputs.moments.firstMoment, inputs.moments.secondMoment];
    expect(given.some((tensor) => tensor.isDisposed)).toBe(false);
    tf.dispose([...given, weights, moments.firstMoment, moments.secondMoment]);
  });
});
