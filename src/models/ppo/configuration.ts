import { z } from 'zod';
import type { ConfigurationName } from '../parse-configuration.ts';
import { parseConfiguration } from '../parse-configuration.ts';
import { moduleSettings } from './environments/module.ts';
import { ENVIRONMENT_SCHEMAS } from './environments/settings.ts';

/*
 * Defaults are those of Schulman and others (2017) as CleanRL has them for CartPole, but for what keeps a critic alive on
 * targets of any size. CleanRL clips the value loss, which zeroes gradients; here targets are normalised. With neither, three
 * of four runs on CartPole end with a critic that says the same of every state, its units saturated.
 */

const positive = z.number().positive();
const nonNegative = z.number().nonnegative();
const atLeastOne = z.int().positive();
const share = z.number().min(0).max(1);
const decayRate = z.number().min(0).lt(1);

const policy = z.strictObject({
  clip: positive.default(0.2).describe('ε: probability ratios count within 1 ± this'),
  entropy: nonNegative.default(0.01).describe('β, weight of the entropy bonus'),
  deviation: positive.default(1).describe('of a Gaussian policy at the start, in units of its raw samples'),
});

const value = z.strictObject({
  weight: nonNegative.default(0.5).describe('c_v, of the value loss beside the policy loss'),
  loss: z.enum(['squared', 'huber']).default('squared'),
  huberDelta: positive.default(1).describe('error at which Huber’s loss goes from square to linear'),
  clip: z
    .enum(['none', 'absolute', 'relative', 'scale'])
    .default('none')
    .describe(
      'predictions count within ± a range about the old ones, in the units that are learnt in (of popart: standard deviations). absolute: clipRange; relative: clipRange · (|V| + 1e-8); scale: clipRange standard deviations of the returns, which with popart is absolute',
    ),
  clipRange: positive.default(0.2),
});

const returns = z.strictObject({
  normalisation: z
    .enum(['none', 'running', 'popart'])
    .default('popart')
    .describe(
      'running: rewards over the running deviation of the discounted return, uncentred, within ± clip; popart: targets standardised by running moments, the last layer rescaled so that predictions stay',
    ),
  clip: positive.default(10),
  decay: decayRate
    .default(0.9)
    .describe('of the moments of the returns, per update, that popart and the clip mode scale use'),
});

const observations = z.strictObject({
  normalisation: z.enum(['none', 'running']).default('none'),
  clip: positive.default(10).describe('normalised observations are within ± this'),
});

const network = z.strictObject({
  hidden: z.array(atLeastOne).min(1).readonly().default([64, 64]).describe('widths of the hidden layers'),
  shared: z.boolean().default(false).describe('policy and value heads on the same hidden layers'),
});

const optimiser = z.strictObject({
  learningRate: positive.default(2.5e-4).describe('at the first update'),
  finalLearningRate: nonNegative.default(0).describe('after the last; linear in between'),
  beta1: decayRate.default(0.9),
  beta2: decayRate.default(0.999),
  epsilon: positive.default(1e-5),
  clipNorm: positive.default(0.5).describe('largest norm of the gradient'),
});

/** What a run of the PPO trainer is told; every key has a default, unknown keys are refused. */
export const ppoConfigurationSchema = z
  .strictObject({
    environment: z
      .discriminatedUnion('name', [...ENVIRONMENT_SCHEMAS, moduleSettings])
      .prefault({ name: 'cart-pole' })
      .describe('plumbline environments says which there are; module is one of your own'),
    environments: atLeastOne.default(4).describe('copies of the environment side by side'),
    rollout: atLeastOne.default(128).describe('steps in each of them between two updates'),
    steps: atLeastOne
      .default(500_000)
      .describe('of all environments together; what is no whole update is left out'),
    discount: share.default(0.99).describe('γ'),
    lambda: share.default(0.95).describe('λ of generalised advantage estimation'),
    epochs: atLeastOne.default(4).describe('passes over the samples of an update'),
    minibatch: atLeastOne.default(128).describe('samples of a gradient step'),
    targetKl: positive
      .optional()
      .describe('an update ends after the epoch in which the divergence from the old policy exceeds this'),
    standardiseAdvantages: z.boolean().default(true).describe('over all samples of an update'),
    // Below 0 the loss of a head would be lowered by predicting worse.
    rewardWeights: z
      .record(z.string(), nonNegative)
      .default({})
      .describe('of components of the reward, by name, 0 or above; 1 unless given'),
    shaping: nonNegative
      .default(0)
      .describe(
        'weight of potential-based shaping, γΦ(s′) − Φ(s), where the environment has a potential; a component of the reward of its own',
      ),
    policy: policy.prefault({}),
    value: value.prefault({}),
    returns: returns.prefault({}),
    observations: observations.prefault({}),
    network: network.prefault({}),
    optimiser: optimiser.prefault({}),
  })
  .superRefine(({ environments, rollout, minibatch, steps }, context) => {
    const samples = environments * rollout;
    if (samples % minibatch !== 0) {
      context.addIssue({
        code: 'custom',
        path: ['minibatch'],
        message: `the ${samples} samples of an update (environments · rollout) must be a multiple of the minibatch`,
      });
    }
    if (steps < samples) {
      context.addIssue({
        code: 'custom',
        path: ['steps'],
        message: `one update takes ${samples} steps (environments · rollout)`,
      });
    }
  })
  .readonly();

export type PpoConfiguration = z.output<typeof ppoConfigurationSchema>;
export type PpoValueSettings = PpoConfiguration['value'];
export type PpoReturnSettings = PpoConfiguration['returns'];
export type PpoNetworkSettings = PpoConfiguration['network'];

/**
 * A configuration from what a user wrote, laid over the defaults.
 *
 * @throws InputError `configuration-invalid`, naming the key, what was given and what was expected.
 * @example parsePpoConfiguration({ minibatch: 64 }).optimiser.epsilon // 0.00001
 */
export function parsePpoConfiguration(
  given: unknown,
  name: ConfigurationName = 'the ppo configuration',
): PpoConfiguration {
  return parseConfiguration(ppoConfigurationSchema, given, name);
}

/** Samples of an update. */
export function samplesOf({
  environments,
  rollout,
}: Pick<PpoConfiguration, 'environments' | 'rollout'>): number {
  return environments * rollout;
}

/** Whole updates of a run. */
export function updatesOf(
  configuration: Pick<PpoConfiguration, 'environments' | 'rollout' | 'steps'>,
): number {
  return Math.floor(configuration.steps / samplesOf(configuration));
}
