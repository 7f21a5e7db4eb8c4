import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { adamW, freshMoments } from '../../src/nn/adam.ts';
import { weightChange } from '../../src/nn/weight-change.ts';

test('is the root mean square of the difference, and leaves one tensor', async () => {
  const [before, after] = [tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([1, 4, 3, 2])];
  const held = tf.memory().numTensors;
  const change = weightChange(before, after);
  expect(tf.memory().numTensors).toBe(held + 1);
  expect((await change.data())[0]).toBeCloseTo(Math.sqrt(8 / 4), 6);
  tf.dispose([before, after, change]);
});

test('is the learning rate in the first step of Adam, whatever the gradient', async () => {
  const weights = tf.tensor1d([0.1, -0.2, 0.3]);
  const gradient = tf.tensor1d([1e-3, -5, 40]);
  const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
  const moments = freshMoments(3);
  const made = adamW({ weights, gradient, moments, learningRate: 0.01 }, settings);
  const change = weightChange(weights, made.weights);
  expect((await change.data())[0]).toBeCloseTo(0.01, 5);
  tf.dispose([weights, gradient, change, made.weights]);
  for (const { firstMoment, secondMoment } of [moments, made.moments])
    tf.dispose([firstMoment, secondMoment]);
});
