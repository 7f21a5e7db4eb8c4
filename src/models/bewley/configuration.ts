import { z } from 'zod';
import { NORMALISER_DEFAULTS } from '../../nn/normaliser-settings.ts';
import type { ConfigurationName } from '../parse-configuration.ts';
import { parseConfiguration } from '../parse-configuration.ts';
import { LABOR_BOUNDS } from './terms.ts';

/*
 * Defaults are the preset `documented`: Boar and Midrigan, "Efficient Redistribution", with the progressive taxes on
 * which trainers of this economy have been run.
 */

const positive = z.number().positive();
const probability = z.number().min(0).lt(1);

const preferences = z.strictObject({
  theta: positive.default(1).describe('relative risk aversion θ; at 1 utility is the logarithm'),
  gamma: positive.default(2).describe('inverse Frisch elasticity γ'),
  beta: positive.lt(1).default(0.975).describe('discount factor β'),
});

const technology = z.strictObject({
  productivity: positive.default(1).describe('total factor productivity A'),
  alpha: positive.lt(1).default(0.33).describe('capital share α'),
  delta: z.number().min(0).max(1).default(0.06).describe('depreciation δ'),
});

// A rate may be negative: the schedule is not scale-free, and where the unit is small, what is kept of it exceeds it.
const schedule = (tau: number, xi: number) =>
  z
    .strictObject({
      tau: z.number().lt(1).default(tau).describe('level τ; the marginal tax is τ at ξ = 0, and at x = 1'),
      xi: probability.default(xi).describe('progressivity ξ; at 0 the tax is flat'),
    })
    .prefault({});

const taxes = z.strictObject({
  consumption: z.number().gt(-1).default(0.065).describe('τ_c'),
  income: schedule(0.2, 0.5).describe('of labour and capital income'),
  wealth: schedule(0.1, 0.5).describe('of the wealth at the start of the period'),
});

const star = z.strictObject({
  become: probability.default(2.2e-6).describe('probability p that a normal agent becomes a star'),
  stay: probability.default(0.99).describe('probability q that a star stays one'),
  multiplier: positive.default(10).describe('ability of a star over the mean of normal ability'),
});

const ability = z.strictObject({
  rho: probability.default(0.98).describe('persistence ρ of log ability'),
  sigma: z.number().nonnegative().default(0.36).describe('standard deviation σ_e of its innovation'),
  median: positive.default(5).describe('ē'),
  truncation: positive
    .optional()
    .describe(
      'normal ability is held within ē·exp(±this·s), s its stationary standard deviation; what would lie beyond is put on the bound. Without it, anywhere',
    ),
  star: star.prefault({}),
});

const initialAbility = z
  .discriminatedUnion('rule', [
    z.strictObject({ rule: z.literal('stationary').optional().default('stationary') }),
    z.strictObject({ rule: z.literal('bounded-lognormal') }),
    z.strictObject({
      rule: z.literal('uniform'),
      mean: positive.default(1),
      spread: z.number().min(0).lt(1).default(0.5).describe('on mean·(1 ± spread)'),
    }),
  ])
  .describe(
    'stationary: what the process keeps for ever, stars in their long-run share. bounded-lognormal (mean 1, coefficient of variation 0.3, within 0.3 and 3) and uniform: a start alone, without stars; ability drifts from it to the stationary law',
  );

/** Capital of the reference solution of the defaults is 2.31. */
const meanWealth = positive.default(2.3);

const initialWealth = z
  .discriminatedUnion('rule', [
    z.strictObject({ rule: z.literal('equal'), mean: meanWealth }),
    z.strictObject({
      rule: z.literal('lognormal').optional().default('lognormal'),
      mean: meanWealth,
      variation: positive.default(0.5).describe('coefficient of variation'),
    }),
    z.strictObject({
      rule: z.literal('uniform'),
      mean: meanWealth,
      spread: z.number().min(0).max(1).default(1).describe('on mean·(1 ± spread)'),
    }),
  ])
  .describe('in units of consumption; equal: everyone owns the mean');

const initial = z.strictObject({
  ability: initialAbility.prefault({ rule: 'stationary' }),
  wealth: initialWealth.prefault({ rule: 'lognormal' }),
});

const atLeastOne = z.int().positive();
const decayRate = z.number().min(0).lt(1);

const network = z.strictObject({
  distribution: z
    .enum(['moments', 'deep-sets', 'ordered'])
    .default('moments')
    .describe(
      'what an agent is told of the others. moments: means, variances and the covariance of wealth and ability; deep-sets: means of features that are learnt; ordered: wealth and ability of every agent, by their numbers. To the first two it does not matter who is who',
    ),
  features: atLeastOne.default(32).describe('that deep-sets learns'),
  hidden: atLeastOne.default(128).describe('width of the residual blocks'),
  blocks: z.int().nonnegative().default(2),
  head: atLeastOne.default(64).describe('width of the layer before the outputs'),
  labor: z
    .strictObject({
      minimum: z.number().min(0).lt(1).default(LABOR_BOUNDS.minimum),
      maximum: positive.max(1).default(LABOR_BOUNDS.maximum),
    })
    .refine(
      ({ minimum, maximum }) => minimum < maximum,
      `the minimum must be below the maximum (${LABOR_BOUNDS.minimum} and ${LABOR_BOUNDS.maximum} unless given)`,
    )
    .prefault({})
    .describe('bounds of n'),
});

const normaliser = z.strictObject({
  scope: z
    .enum(['global', 'per-agent'])
    .default(NORMALISER_DEFAULTS.scope)
    .describe('whether all agents share statistics, or each number of an agent has its own'),
  momentum: decayRate.default(NORMALISER_DEFAULTS.momentum).describe('weight of the past in an update'),
  epsilon: z.number().nonnegative().default(NORMALISER_DEFAULTS.epsilon).describe('added to variances'),
  floor: positive.default(NORMALISER_DEFAULTS.floor).describe('least standard deviation'),
  clip: positive.default(NORMALISER_DEFAULTS.clip).describe('largest absolute value that it gives'),
  warmUp: z
    .int()
    .nonnegative()
    .default(100)
    .describe('batches of new worlds that only update it, before the first step'),
});

const batch = z
  .strictObject({
    worlds: atLeastOne.default(64),
    // A world of one has no distribution.
    agents: z.int().min(2).default(800).describe('in each world'),
    worldsPerPass: atLeastOne
      .optional()
      .describe(
        'worlds whose gradient is taken at once; gradients of passes are added up, which is exact and bounds the memory. A divisor of worlds; without it the most that have 4,096 agents or fewer',
      ),
  })
  .refine(({ worlds, worldsPerPass = worlds }) => worlds % worldsPerPass === 0, {
    message: 'worldsPerPass must divide worlds',
    path: ['worldsPerPass'],
  });

const weight = z.number().nonnegative();

const loss = z.strictObject({
  weights: z
    .strictObject({
      complementarity: weight.default(10),
      euler: weight.default(10),
      labor: weight.default(1),
    })
    .prefault({}),
  byWealth: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe(
      'κ: complementarity and Euler residuals weigh 1 − κ + κ·(wealth over the mean of the world). At 0 all agents count alike, at 1 those without wealth do not count',
    ),
});

const share = z.number().min(0).max(1);

const redraw = z.strictObject({
  unit: z.enum(['worlds', 'agents']).default('worlds').describe('what is drawn afresh'),
  share: share.default(0.03).describe('of them that is, after the first step'),
  finalShare: share.default(0.006).describe('after the last'),
});

const heldOut = z.strictObject({
  every: z
    .int()
    .nonnegative()
    .default(1)
    .describe(
      'rows of the log from one look at the losses on worlds that are not trained on to the next; 0 for no look',
    ),
});

const optimiser = z.strictObject({
  learningRate: positive.default(3e-4).describe('at the first step'),
  finalLearningRate: weight.default(1e-5).describe('at the last step'),
  weightDecay: weight.default(0),
  beta1: decayRate.default(0.9),
  beta2: decayRate.default(0.999),
  epsilon: positive.default(1e-8),
  clipNorm: positive.default(1).describe('largest norm of the gradient'),
});

/** What the Bewley economy and its trainer are told; every key has a default, unknown keys are refused. */
export const bewleyConfigurationSchema = z
  .strictObject({
    preferences: preferences.prefault({}),
    technology: technology.prefault({}),
    taxes: taxes.prefault({}),
    ability: ability.prefault({}),
    complete: z.boolean().default(false).describe('ability is fixed for ever: no agent has a risk'),
    initial: initial.prefault({}).describe('of the agents of a world that is made'),
    network: network.prefault({}),
    normaliser: normaliser.prefault({}).describe('of what the network is fed'),
    batch: batch.prefault({}),
    loss: loss.prefault({}),
    redraw: redraw.prefault({}).describe('worlds or agents that are made anew between steps'),
    heldOut: heldOut.prefault({}),
    optimiser: optimiser.prefault({}),
    steps: atLeastOne.default(10_000),
  })
  .readonly();

export type BewleyConfiguration = Immutable<z.output<typeof bewleyConfigurationSchema>>;
export type BewleyPreferences = BewleyConfiguration['preferences'];
export type BewleyTechnology = BewleyConfiguration['technology'];
export type BewleyTaxes = BewleyConfiguration['taxes'];
export type BewleyAbility = BewleyConfiguration['ability'];
export type BewleyInitial = BewleyConfiguration['initial'];
export type BewleyNetworkSettings = BewleyConfiguration['network'];
export type BewleyOptimiserSettings = BewleyConfiguration['optimiser'];
export type BewleyRedrawSettings = BewleyConfiguration['redraw'];

/**
 * A configuration from what a user wrote, laid over the defaults.
 *
 * @throws InputError `configuration-unknown-key`, `configuration-invalid`, naming the key, what was given and expected.
 * @example parseBewleyConfiguration({ preferences: { beta: 0.96 } }).preferences.theta // 1
 */
export function parseBewleyConfiguration(
  value: unknown,
  name: ConfigurationName = 'the bewley configuration',
): BewleyConfiguration {
  return parseConfiguration(bewleyConfigurationSchema, value, name);
}

type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<T[Key]> } : T;
