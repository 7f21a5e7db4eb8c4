import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { configuration, number, seed } from './fields.ts';

/*
 * What any trainer can be asked, whatever its model. S is the number of gradient steps, P the number of weights.
 * Settings are laid over a small configuration of the subject's own (its smallest network and batch).
 */

/** Models whose data are tensors: a loss could have a gradient in them. What PPO learns from comes from the host. */
export const ECONOMIC_MODELS = ['nk', 'bewley'] as const;

/** Models that this package trains; a subject that trains another answers for one of them, whichever it stands for. */
export const TRAINED_MODELS = [...ECONOMIC_MODELS, 'ppo'] as const;

const configured = z.object({ model: z.enum(TRAINED_MODELS), configuration });

const run = configured.extend({ seed, steps: z.int().positive() });

export const trainingTrace = operation({
  name: 'training.trace',
  summary: 'what a training run did, a row a gradient step',
  input: run,
  output: z.object({
    /** (S): the value that was differentiated. */
    loss: tensor,
    /** (S, P): gradient as the optimiser got it, and the optimiser's moments after the step. */
    gradient: tensor,
    firstMoment: tensor,
    secondMoment: tensor,
    /** (S, P): weights after the step. */
    weights: tensor,
    /** What AdamW was told: constants as configured, and the rate of each step, (S); absent under another rule. */
    adamW: z
      .object({
        learningRate: tensor,
        beta1: number,
        beta2: number,
        epsilon: number,
        weightDecay: number,
      })
      .optional(),
    /** (S): of a second-order rule, after the step; absent without. */
    damping: tensor.optional(),
  }),
});

export const trainingMemory = operation({
  name: 'training.memory',
  summary: 'tensors and bytes of tensors that are alive after each gradient step: (S) each',
  input: run,
  output: z.object({ tensors: tensor, tensorBytes: tensor }),
});

export const trainingProcessMemory = operation({
  name: 'training.processMemory',
  summary:
    'memory of the process after every n-th gradient step, garbage collected, (S/n) each: physical memory, and what the runtime accounts for (heap and what it holds outside)',
  input: run.extend({ every: z.int().positive() }),
  output: z.object({ residentBytes: tensor, accountedBytes: tensor }),
});

export const trainingConstants = operation({
  name: 'training.constants',
  summary:
    'gradient of the training loss, as differentiated, in what must be constant (shocks, state, sampled parameters), and in the weights: the largest absolute value of each',
  input: configured.extend({ model: z.enum(ECONOMIC_MODELS), seed }),
  output: z.object({ constants: z.record(z.string(), number), weights: number }),
});

export const trainingKernels = operation({
  name: 'training.kernels',
  summary:
    'every kernel that training steps ran: the backend that ran it, and the dtypes that went in and came out; and tensors that moved from one backend to another, by path',
  input: run,
  output: z.object({
    kernels: z.array(
      z.object({
        backend: z.string(),
        kernel: z.string(),
        inputs: z.array(z.string()),
        outputs: z.array(z.string()),
        count: z.int().nonnegative(),
      }),
    ),
    moved: z.record(z.string(), z.int().nonnegative()),
  }),
});

export const trainingConfigure = operation({
  name: 'training.configure',
  summary: 'whether a configuration is accepted; where it is refused, the message that names the key',
  input: configured,
  output: z.object({ accepted: z.boolean(), message: z.string() }),
});

export const trainingKeys = operation({
  name: 'training.keys',
  summary: 'the keys that a configuration declares and those that a run of a few steps read',
  input: run,
  output: z.object({ declared: z.array(z.string()), read: z.array(z.string()) }),
});

export const trainingLearningRate = operation({
  name: 'training.learningRate',
  summary:
    'learning rates at given steps (n) of a cosine schedule from `initial` to `final` over `total` steps',
  input: z.object({
    initial: number,
    final: number,
    total: z.int().positive(),
    steps: z.array(z.int().nonnegative()),
  }),
  output: z.object({ rates: z.array(number) }),
});

export const trainingDampedStep = operation({
  name: 'training.dampedStep',
  summary:
    'one step of Levenberg and Marquardt from w = 0 on residuals r_i(w) = r_i + Σ_j J_ij w_j + ½ Σ_j C_ij w_j² with M rows and P weights, and the damping for the next',
  input: z.object({
    /** r (M), J and C (M, P). */
    residuals: tensor,
    jacobian: tensor,
    curvature: tensor,
    damping: number,
    /**
     * Factors of the damping after a step that is rejected, and after one that is accepted; dampings that are tried; and
     * the share of a step at which its curvature is measured.
     */
    settings: z.object({ raise: number, lower: number, attempts: z.int().positive(), probe: number }),
  }),
  output: z.object({
    /** (P): zeros when every attempt was rejected. */
    step: tensor,
    accepted: z.boolean(),
    damping: number,
    attempts: z.int(),
  }),
});

export const trainingResume = operation({
  name: 'training.resume',
  summary:
    'what a training run did after it was saved at gradient step `at` and gone on with from what was saved, a row a gradient step up to `steps` in all',
  input: run.extend({ at: z.int().positive() }),
  output: z.object({
    /** (S − at). */
    loss: tensor,
    /** (S − at, P): weights and moments after the step. */
    weights: tensor,
    firstMoment: tensor,
    secondMoment: tensor,
  }),
});

/** What can go wrong in a gradient step: a loss that is not finite, or something that throws. */
export const TRAINING_FAILURES = ['not-a-number', 'infinity', 'exception'] as const;

export const trainingFailure = operation({
  name: 'training.failure',
  summary:
    'a training run in which gradient step `failAt` goes wrong, once: whether the run ended with an error, its message, and how many steps were logged (every step is)',
  input: run.extend({ failAt: z.int().nonnegative(), failure: z.enum(TRAINING_FAILURES) }),
  output: z.object({ surfaced: z.boolean(), message: z.string(), logged: z.int() }),
});

export const trainingLog = operation({
  name: 'training.log',
  summary:
    'losses as the log keeps them, a row a gradient step, (S) each: the loss that was differentiated, its parts by name, and the loss by which steps and runs are compared',
  input: run,
  output: z.object({ total: tensor, parts: z.record(z.string(), tensor), unweighted: tensor }),
});
