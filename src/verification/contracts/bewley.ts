import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { configuration, gradient, number, seed } from './fields.ts';

/*
 * The economics of the Bewley economy. B worlds of A agents; what agents have is (B, A) float32, what worlds have is
 * (B, 1). Settings are numbers in double precision. A result that is not finite is an error of the code `domain`.
 */

const schedule = z.object({ tau: number, xi: number });
const preferences = z.object({ theta: number, gamma: number, beta: number });
const technology = z.object({ productivity: number, alpha: number, delta: number });
const taxes = z.object({ consumption: number, income: schedule, wealth: schedule });
/** Bounds between which labour is chosen. */
const labor = z.object({ minimum: number, maximum: number });
const state = z.object({ wealth: tensor, ability: tensor, star: tensor });

export const bewleyTaxes = operation({
  name: 'bewley.taxes',
  summary: 'what a schedule leaves of x, and of one unit more',
  input: z.object({ schedule, x: tensor }),
  output: z.object({ kept: tensor, marginal: tensor }),
});

export const bewleyPrices = operation({
  name: 'bewley.prices',
  summary:
    'wage, marginal product of capital and net return from K and L, (B, 1) each; 1 where a factor is below its floor of 1e-8 and the floor is used, else 0',
  input: z.object({ technology, capital: tensor, effectiveLabor: tensor }),
  output: z.object({
    wage: tensor,
    mpk: tensor,
    rate: tensor,
    capitalFloored: tensor,
    laborFloored: tensor,
  }),
});

export const bewleyBudget = operation({
  name: 'bewley.budget',
  summary: 'taxable income, money disposable, savings and consumption at given prices and choices',
  input: z.object({
    taxes,
    wage: tensor,
    rate: tensor,
    wealth: tensor,
    ability: tensor,
    labor: tensor,
    savingsRatio: tensor,
  }),
  output: z.object({ income: tensor, money: tensor, savings: tensor, consumption: tensor }),
});

const laborPoint = z.object({
  preferences,
  taxes,
  labor,
  wage: tensor,
  rate: tensor,
  wealth: tensor,
  ability: tensor,
  hours: tensor,
  consumption: tensor,
});

export const bewleyLaborCondition = operation({
  name: 'bewley.laborCondition',
  summary:
    'residuals of the labour condition, absolute and relative, at given consumption; and the gradient of the sum of squared relative residuals in labour, consumption and wealth held fixed',
  input: laborPoint,
  output: z.object({ absolute: tensor, relative: tensor, gradient }),
});

export const bewleyLaborLoss = operation({
  name: 'bewley.laborLoss',
  summary:
    'for a subject that tells no residuals: a mean of squared labour residuals, absolute or relative, in units of its own',
  input: laborPoint,
  output: z.object({ loss: number }),
});

export const bewleyEulerResidual = operation({
  name: 'bewley.eulerResidual',
  summary: 'Euler residual of one draw, and the after-tax return of the next period in it',
  input: z.object({
    preferences,
    taxes,
    today: z.object({
      consumption: tensor,
      labor: tensor,
      marginalReturn: tensor,
      rate: tensor,
      mpk: tensor,
    }),
    next: z.object({
      consumption: tensor,
      labor: tensor,
      wealth: tensor,
      ability: tensor,
      wage: tensor,
      rate: tensor,
      mpk: tensor,
    }),
  }),
  output: z.object({ residual: tensor, afterTaxReturn: tensor }),
});

export const bewleyComplementarity = operation({
  name: 'bewley.complementarity',
  summary:
    'a function of the savings ratio s and the marginal return h that vanishes where s ≥ 0, 1 − h ≥ 0 and (1 − h) s = 0, and the gradient of its sum',
  input: z.object({ savingsRatio: tensor, marginalReturn: tensor }),
  output: z.object({ value: tensor, gradientSavingsRatio: gradient, gradientMarginalReturn: gradient }),
});

export const bewleyControls = operation({
  name: 'bewley.controls',
  summary:
    'what raw network outputs (B, A, 3) mean: savings ratio, marginal return and labour, in this order',
  input: z.object({ raw: tensor, labor }),
  output: z.object({ savingsRatio: tensor, marginalReturn: tensor, labor: tensor }),
});

export const bewleyAggregates = operation({
  name: 'bewley.aggregates',
  summary:
    'a whole period under any choices: what agents get, (B, A), and the accounts of each world, (B, 1)',
  input: z.object({
    technology,
    taxes,
    wealth: tensor,
    ability: tensor,
    labor: tensor,
    savingsRatio: tensor,
  }),
  output: z.object({
    income: tensor,
    savings: tensor,
    consumption: tensor,
    capital: tensor,
    effectiveLabor: tensor,
    resourceResidual: tensor,
  }),
});

export const bewleyLossOfBranches = operation({
  name: 'bewley.lossOfBranches',
  summary:
    'training loss of given residuals, the Euler residuals those of two draws; its parts without weights; its gradient in each residual',
  input: z.object({
    complementarity: tensor,
    eulerA: tensor,
    eulerB: tensor,
    labor: tensor,
    wealth: tensor,
    weights: z.object({ complementarity: number, euler: number, labor: number }),
    /** κ: weights are 1 − κ + κ a/ā. */
    byWealth: z.number().min(0).max(1),
  }),
  output: z.object({
    total: number,
    complementarity: number,
    euler: number,
    labor: number,
    gradientComplementarity: gradient,
    gradientEulerA: gradient,
    gradientEulerB: gradient,
    gradientLabor: gradient,
  }),
});

export const bewleyTrainedEconomy = operation({
  name: 'bewley.trainedEconomy',
  summary:
    'the economy after so many steps of a training run, on the schedule of the whole run, averaged over the last 40 % of them: K/L, and what the richest 5 % own',
  input: z.object({ configuration, seed, steps: z.int().positive() }),
  output: z.object({ capitalLabor: number, top5Share: number }),
});

export const bewleyPeriodTrace = operation({
  name: 'bewley.periodTrace',
  summary:
    'S periods as a training run takes them, with the draws and the coins given: what the policy was fed, what was saved, what was committed',
  input: z.object({
    preferences,
    technology,
    taxes,
    labor,
    /** (B, A) each. */
    initial: state,
    /** Ability and star under the draws A and B of each period: (S, 2, B, A). */
    draws: z.object({ ability: tensor, star: tensor }),
    /** 0 where branch A is committed, 1 for B: (S) int32. */
    chosen: tensor,
    /** Raw outputs are `policy`·(1, wealth, ability, star): (3, 4), in the order of bewley.controls. */
    policy: tensor,
  }),
  output: z.object({
    /** The states that the run held, the initial one first: (S + 1, B, A). */
    states: state,
    /** What the policy was fed, in the period and in the branches A and B: (S, 3, B, A). */
    fed: state,
    /** a′ of the period: (S, B, A). */
    savings: tensor,
    /** a″ of the branches A and B: (S, 2, B, A). */
    branchSavings: tensor,
  }),
});
