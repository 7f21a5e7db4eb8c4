import * as tf from '@tensorflow/tfjs';
import type { TensorFunction } from '../../engine/index.ts';
import { tensorMemory } from '../../engine/index.ts';
import type { PpoBatch, PpoConfiguration, PpoKit, PpoStepTensors } from '../../models/ppo/index.ts';
import type { AdamMoments } from '../../nn/adam.ts';
import { weightChange } from '../../nn/weight-change.ts';
import type { Stream } from '../../numerics/stream.ts';
import { notFinite } from '../non-finite.ts';
import type { PpoGradient, PpoStepNumbers, PpoTask } from './gradient.ts';
import { ppoGradient, stepNumbers } from './gradient.ts';
import type { PpoGradientStep } from './observation.ts';

/** What the epochs of an update start from. */
export interface EpochsInput {
  readonly kit: PpoKit;
  readonly configuration: PpoConfiguration;
  readonly task: PpoTask;
  readonly batch: PpoBatch;
  /** (A) of the Gaussian policy that drew the samples; empty of a discrete one. */
  readonly logDeviation: Float32Array;
  /** Flat, (P); left alive. */
  readonly weights: tf.Tensor1D;
  readonly moments: AdamMoments;
  readonly learningRate: number;
  /** Environment steps before the update. */
  readonly step: number;
  readonly random: Stream;
  /** `ppoGradient`, or what it was compiled to. */
  readonly gradientAt?: TensorFunction<PpoGradient>;
  readonly onGradientStep?: (step: PpoGradientStep) => Promise<void> | void;
}

/** Weights and moments after an update; the caller owns them. */
export interface EpochsOutput {
  readonly weights: tf.Tensor1D;
  readonly moments: AdamMoments;
  readonly epochs: readonly (readonly PpoStepNumbers[])[];
}

/**
 * Learns from the samples of an update: passes over all of them in minibatches, until the last or the one whose divergence
 * is beyond the target.
 *
 * @throws SubjectError `non-finite-loss`, `non-finite-gradient`, `shape-mismatch`; no tensor is then left.
 */
export async function runEpochs(input: EpochsInput): Promise<EpochsOutput> {
  const { kit, configuration, task, batch, random } = input;
  const { epochs: count, minibatch, targetKl } = configuration;
  const samples = batch.logProbabilities.length;
  const epochs: (readonly PpoStepNumbers[])[] = [];
  let held: Held = { weights: input.weights, moments: input.moments };
  const replace = (next: Held): void => {
    if (held.weights !== input.weights) kit.release(tensorsOf(held));
    held = next;
  };
  const numbers: tf.Tensor1D[] = [];
  try {
    for (let epoch = 0; epoch < count; epoch += 1) {
      for (const rows of kit.minibatches(samples, minibatch, random.split(epoch))) {
        const chosen = kit.rowsOf(batch, rows);
        const made = gradientStep(input, held, chosen);
        numbers.push(made.numbers);
        replace({
          weights: made.weights,
          moments: {
            firstMoment: made.firstMoment,
            secondMoment: made.secondMoment,
            step: held.moments.step + 1,
          },
        });
        try {
          const { step, learningRate } = input;
          const about = { step, epoch, learningRate, rows, samples: chosen, memory: tensorMemory() };
          await input.onGradientStep?.({ ...made, ...about });
        } finally {
          kit.release({ gradient: made.gradient, total: made.total });
        }
      }
      // Read together: reading makes a GPU wait.
      const read = await Promise.all(numbers.map((one) => one.data()));
      kit.release(Object.fromEntries(numbers.splice(0).entries()));
      const told = read.map((one) => stepNumbers(one, task.sizes.rewards));
      const taken = held.moments.step - told.length;
      for (const [index, one] of told.entries()) requireFinite(one, { ...input, epoch, at: taken + index });
      epochs.push(told);
      const divergence = told.reduce((sum, { k3 }) => sum + k3 / told.length, 0);
      if (kit.endsUpdate({ divergence, isLast: epoch === count - 1 }, targetKl)) break;
    }
    return { ...held, epochs };
  } catch (error) {
    tf.dispose(numbers);
    if (held.weights !== input.weights) kit.release(tensorsOf(held));
    throw error;
  }
}

/** Which gradient step: counted over the run, and the epoch of its update. */
interface Place {
  readonly at: number;
  readonly epoch: number;
}

interface Held {
  readonly weights: tf.Tensor1D;
  readonly moments: AdamMoments;
}

function tensorsOf({ weights, moments: { firstMoment, secondMoment } }: Held): Record<string, tf.Tensor> {
  return { weights, firstMoment, secondMoment };
}

/** Loss, gradient, clipping, Adam. Leaves its inputs alive; the caller owns what it returns. */
function gradientStep(
  {
    kit,
    configuration,
    task,
    logDeviation,
    learningRate,
    gradientAt = ppoGradient(kit, configuration, task),
  }: EpochsInput,
  { weights, moments }: Held,
  samples: PpoBatch,
): PpoStepTensors {
  const { beta1, beta2, epsilon } = configuration.optimiser;
  return kit.scope(() => {
    const made = gradientAt({ weights, ...minibatchTensors(samples, task, logDeviation) });
    const updated = kit.updateWeights(
      { weights, gradient: made.gradient, moments, learningRate },
      { beta1, beta2, epsilon, weightDecay: 0 },
    );
    const { firstMoment, secondMoment } = updated.moments;
    const changed = weightChange(weights, updated.weights);
    const numbers = tf.concat1d([made.numbers, tf.reshape(changed, [1])]);
    return kit.commit({ ...made, numbers, weights: updated.weights, firstMoment, secondMoment });
  });
}

/** Samples as tensors; the surrounding scope owns them. */
export function minibatchTensors(
  samples: PpoBatch,
  { sizes }: PpoTask,
  logDeviation: Float32Array,
): Readonly<Record<string, tf.Tensor>> {
  const { observations: seen, actions, rewards } = sizes;
  const count = samples.logProbabilities.length;
  return {
    observations: tf.tensor2d(samples.observations, [count, seen]),
    actions: tf.tensor2d(samples.actions, [count, actions]),
    logProbabilities: tf.tensor1d(samples.logProbabilities),
    policies: tf.tensor2d(samples.policies, [count, actions]),
    advantages: tf.tensor1d(samples.advantages),
    values: tf.tensor2d(samples.values, [count, rewards]),
    targets: tf.tensor2d(samples.targets, [count, rewards]),
    ranges: tf.tensor2d(samples.ranges, [count, rewards]),
    ...(sizes.kind === 'continuous' ? { oldLogDeviation: tf.tensor1d(logDeviation) } : {}),
  };
}

/**
 * @param at gradient steps of the run before this one
 * @throws SubjectError `non-finite-loss`, `non-finite-gradient`
 */
function requireFinite(
  { total, gradientNorm, policyLoss, valueLoss }: PpoStepNumbers,
  { at, epoch, step, learningRate }: Pick<EpochsInput, 'step' | 'learningRate'> & Place,
): void {
  const given = `loss ${total} (policy ${policyLoss}, value ${valueLoss.join(', ')}), gradient norm ${gradientNorm}, learning rate ${learningRate}; epoch ${epoch} of the update after ${step} environment steps`;
  if (!Number.isFinite(total)) throw notFinite('loss', at, given);
  if (!Number.isFinite(gradientNorm)) throw notFinite('gradient', at, given);
}
