import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inNk } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults of what an optimiser makes of a gradient: every one of them still converges. */
export const optimiserFaults: readonly Fault<Kit>[] = [
  {
    id: 'training/bias-correction-late',
    summary: 'the count of updates is raised twice a step, and bias is corrected as if later',
    sign: 'the first steps are short, and the loss falls later than it should',
    killedBy: ['training/optimiser-step'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      updateWeights: (update, settings) => {
        const moments = { ...update.moments, step: 2 * update.moments.step + 1 };
        return nk.updateWeights({ ...update, moments }, settings);
      },
    })),
  },
  {
    id: 'training/decay-without-rate',
    summary:
      'weights shrink by λ a step and not by ηλ: the decay of the paper of AdamW, with the λ that libraries mean',
    sign: 'weights near zero, and policies flat',
    killedBy: ['training/optimiser-step'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      updateWeights: (update, settings) => {
        const weightDecay = settings.weightDecay / update.learningRate;
        return nk.updateWeights(update, { ...settings, weightDecay });
      },
    })),
  },
  {
    id: 'training/decay-in-gradient',
    summary: 'weight decay is added to the gradient (L2 under Adam), where the second moment divides it out',
    sign: 'decay has next to no effect',
    killedBy: ['training/optimiser-moments', 'training/optimiser-step'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      updateWeights: ({ gradient, weights, ...update }, { weightDecay, ...settings }) => {
        const penalised: tf.Tensor1D = tf.add(gradient, tf.mul(weights, weightDecay));
        return nk.updateWeights({ ...update, weights, gradient: penalised }, { ...settings, weightDecay: 0 });
      },
    })),
  },
  {
    id: 'training/epsilon-before-correction',
    summary:
      'ε is added to √v before its bias is corrected (the ε̂ of Kingma and Ba’s shorter form), and is 1/√(1−β₂ᵗ) times too large',
    sign: 'small gradients move weights less than they should in the first thousand steps',
    killedBy: ['training/optimiser-step'],
    engines: 'all',
    model: 'nk',
    inject: inNk((nk) => ({
      updateWeights: (update, settings) => {
        const corrected = Math.sqrt(1 - settings.beta2 ** (update.moments.step + 1));
        return nk.updateWeights(update, { ...settings, epsilon: settings.epsilon / corrected });
      },
    })),
  },
];
