import { z } from 'zod';
import type { ConfigurationName } from '../parse-configuration.ts';
import { parseConfiguration } from '../parse-configuration.ts';

/*
 * Defaults are the published configuration of Kase, Melosi and Rottner (analytical example). Where PyTorch's AdamW has
 * a setting that they leave alone, its default is meant.
 */

const positive = z.number().positive();
const atLeastOne = z.int().positive();
const decayRate = z.number().min(0).lt(1);

const network = z.strictObject({
  hidden: z
    .array(atLeastOne)
    .readonly()
    .default([64, 64, 64, 64, 64])
    .describe('widths of the hidden layers'),
  activation: z
    .enum(['celu', 'gated'])
    .default('celu')
    .describe('gated is smooth and multiplies, which second-order methods build on'),
  unit: z
    .enum(['absolute', 'ergodic'])
    .default('absolute')
    .describe('what states, controls and residuals are measured in: 1, or sd(ζ) of their own parameters'),
  stateScale: positive.default(1).describe('units of the state that are 1 to the network'),
  outputScale: positive.default(0.01).describe('controls are this times the raw outputs, in units'),
});

const loss = z.strictObject({
  reduction: z.enum(['sum', 'mean']).default('sum').describe('over the batch'),
  weights: z
    .strictObject({ is: z.number().nonnegative().default(1), phillips: z.number().nonnegative().default(1) })
    .prefault({})
    .describe('of each equation in the loss'),
});

const expectation = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('monte-carlo'), draws: atLeastOne.default(10).describe('antithetic') }),
  z.strictObject({
    rule: z.literal('gauss-hermite'),
    // Beyond 64 nodes the weights at the ends are below the smallest single-precision number.
    nodes: atLeastOne.max(64).default(3),
  }),
]);

const procedure = z.strictObject({
  state: z
    .enum(['ergodic', 'uniform', 'simulated'])
    .default('simulated')
    .describe('drawn afresh each iteration, from the ergodic or the uniform distribution, or stepped on'),
  gradientSteps: atLeastOne.default(5).describe('per iteration'),
  stateSteps: atLeastOne.default(10).describe('per iteration, when simulated'),
  redrawEvery: atLeastOne.default(1).describe('iterations that parameters are kept for'),
});

const sampling = z.strictObject({
  widen: positive
    .default(1)
    .describe('multiplies the ergodic deviation, so that large shocks are trained on'),
  bound: positive.default(3).describe('largest |ζ| of uniform states, in units'),
  unit: z
    .enum(['absolute', 'ergodic'])
    .default('ergodic')
    .describe('what the bound is measured in: 1, or sd(ζ) of its own parameters'),
});

const adamW = z.strictObject({
  rule: z.literal('adamw').optional().default('adamw'),
  learningRate: positive.default(1e-3).describe('at the first step'),
  finalLearningRate: z.number().nonnegative().default(1e-10).describe('at the last step'),
  weightDecay: z.number().nonnegative().default(0.01),
  beta1: decayRate.default(0.9),
  beta2: decayRate.default(0.999),
  epsilon: positive.default(1e-8),
  clipNorm: positive.default(1).describe('largest norm of the gradient'),
});

const levenbergMarquardt = z.strictObject({
  rule: z.literal('levenberg-marquardt'),
  damping: positive.default(1).describe('at the first step, in mean curvatures of a weight'),
  raise: z.number().gt(1).default(4).describe('factor of the damping after a step that is rejected'),
  lower: positive.max(1).default(0.5).describe('factor of the damping after a step that is accepted'),
  attempts: atLeastOne.default(8).describe('dampings that a step is tried with before it is given up'),
  probe: positive
    .max(1)
    .default(0.2)
    .describe('share of a step at which the curvature of its path is measured'),
});

const optimiser = z.discriminatedUnion('rule', [adamW, levenbergMarquardt]);

/** What a run of the New Keynesian trainer is told; every key has a default, unknown keys are refused. */
export const nkConfigurationSchema = z
  .strictObject({
    // A batch of one has no spread.
    batch: z.int().min(2).default(100).describe('samples per gradient step'),
    network: network.prefault({}),
    loss: loss.prefault({}),
    expectation: expectation.prefault({ rule: 'monte-carlo' }),
    procedure: procedure.prefault({}),
    sampling: sampling.prefault({}),
    optimiser: optimiser.prefault({}),
    iterations: atLeastOne.default(50_000),
  })
  .readonly();

export type NkConfiguration = Immutable<z.output<typeof nkConfigurationSchema>>;
export type NkNetworkSettings = NkConfiguration['network'];
export type NkLossSettings = NkConfiguration['loss'];
export type NkExpectationSettings = NkConfiguration['expectation'];
export type NkProcedure = NkConfiguration['procedure'];
export type NkSamplingSettings = NkConfiguration['sampling'];
export type NkOptimiserSettings = NkConfiguration['optimiser'];
export type NkAdamWSettings = Extract<NkOptimiserSettings, { readonly rule: 'adamw' }>;
export type NkLevenbergMarquardtSettings = Extract<
  NkOptimiserSettings,
  { readonly rule: 'levenberg-marquardt' }
>;

/**
 * A configuration from what a user wrote, laid over the published defaults.
 *
 * @throws InputError `configuration-invalid`, naming the key, what was given and what was expected.
 * @example parseNkConfiguration({ batch: 64 }).optimiser.learningRate // 0.001
 */
export function parseNkConfiguration(
  value: unknown,
  name: ConfigurationName = 'the nk configuration',
): NkConfiguration {
  return parseConfiguration(nkConfigurationSchema, value, name);
}

/** The four training procedures that the paper and its re-implementations use. */
export const NK_PROCEDURES = {
  ergodic: { state: 'ergodic', gradientSteps: 1, stateSteps: 1, redrawEvery: 1 },
  'ergodic-internal': { state: 'ergodic', gradientSteps: 5, stateSteps: 1, redrawEvery: 1 },
  simulated: { state: 'simulated', gradientSteps: 5, stateSteps: 10, redrawEvery: 1 },
  'simulated-slow-redraw': { state: 'simulated', gradientSteps: 5, stateSteps: 10, redrawEvery: 100 },
} as const satisfies Record<string, NkProcedure>;

type Immutable<T> = T extends readonly (infer Element)[]
  ? readonly Immutable<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;
