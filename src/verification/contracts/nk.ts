import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { configuration, gradient, number, seed } from './fields.ts';

/*
 * The three-equation New Keynesian model of Kase, Melosi and Rottner. B is the batch, parameters are (B, 8) in the
 * order beta, sigma, eta, phi, phiPi, phiY, rho, sigmaA; everything else is (B) float32 unless it says otherwise.
 */

const equilibriumInput = z.object({
  parameters: tensor,
  zeta: tensor,
  output: tensor,
  inflation: tensor,
  expectedOutput: tensor,
  expectedInflation: tensor,
});

const residuals = z.object({ is: tensor, phillips: tensor });

const expectation = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('gauss-hermite'), nodes: z.int().positive() }),
  z.object({ rule: z.literal('monte-carlo'), draws: z.int().positive() }),
]);

const network = z.object({ hidden: z.array(z.int().positive()), weights: tensor });

export const nkCoefficients = operation({
  name: 'nk.coefficients',
  summary: 'slope of the Phillips curve, shock loading and ergodic deviation, from parameters',
  input: z.object({ parameters: tensor }),
  output: z.object({ kappa: tensor, omega: tensor, shockScale: tensor, ergodicDeviation: tensor }),
});

export const nkResiduals = operation({
  name: 'nk.residuals',
  summary: 'residuals of the IS equation and the Phillips curve, given expectations',
  input: equilibriumInput,
  output: residuals,
});

export const nkEquilibriumLoss = operation({
  name: 'nk.equilibriumLoss',
  summary:
    'for a subject that tells no residuals: a mean of their squares, given expectations, in units and with weights of its own',
  input: equilibriumInput,
  output: z.object({ loss: number }),
});

export const nkResidualGradients = operation({
  name: 'nk.residualGradients',
  summary:
    'gradient of Σ (u·IS + v·Phillips) in the state, the controls and the expected controls, by the engine',
  input: equilibriumInput.extend({ cotangentIs: tensor, cotangentPhillips: tensor }),
  output: z.object({
    zeta: tensor,
    output: tensor,
    inflation: tensor,
    expectedOutput: tensor,
    expectedInflation: tensor,
  }),
});

export const nkStep = operation({
  name: 'nk.step',
  summary: 'one transition of the natural rate: ζ and an innovation to ζ′',
  input: z.object({ parameters: tensor, zeta: tensor, innovation: tensor }),
  output: z.object({ zeta: tensor }),
});

export const nkInitialState = operation({
  name: 'nk.initialState',
  summary: 'a draw of ζ from its ergodic distribution, one a parameter vector',
  input: z.object({ parameters: tensor, seed }),
  output: z.object({ zeta: tensor }),
});

export const nkInnovations = operation({
  name: 'nk.innovations',
  summary: 'antithetic draws of ε ~ N(0, 1) for one expectation: (count)',
  input: z.object({ count: z.int().positive(), seed }),
  output: z.object({ innovations: tensor }),
});

export const nkPolicyResiduals = operation({
  name: 'nk.policyResiduals',
  summary:
    'residuals after S transitions from ζ with innovations (S, B), the expectation taken by the training code, under the closed form or a network',
  input: z.object({
    parameters: tensor,
    zeta: tensor,
    innovations: tensor,
    expectation,
    policy: z.union([z.literal('closed-form'), network]),
    seed,
  }),
  output: residuals,
});

export const nkNetwork = operation({
  name: 'nk.network',
  summary:
    'raw outputs (B, 2) of the policy network with the given flat weights, and the gradient of Σ cotangent·raw in the weights',
  input: network.extend({ parameters: tensor, zeta: tensor, cotangent: tensor }),
  output: z.object({ raw: tensor, gradient }),
});

export const nkLinearise = operation({
  name: 'nk.linearise',
  summary:
    'residuals whose squares add up to the training loss, (2B): IS of each sample, then Phillips, and their Jacobian (2B, P) in the flat weights of the policy network',
  input: z.object({
    parameters: tensor,
    zeta: tensor,
    /** Innovations ε′ and their probabilities, (n) each. */
    nodes: tensor,
    probabilities: tensor,
    network: z.object({
      hidden: z.array(z.int().positive()),
      /** A gated layer has the sums u of all units, then v: u/(1 + e⁻ᵛ). */
      activation: z.enum(['celu', 'gated']),
      /** What states, controls and residuals are measured in: 1, or sd(ζ) of their own parameters. */
      unit: z.enum(['absolute', 'ergodic']),
      /** Units of the state that are 1 to the network; controls are `outputScale` times its outputs, in units. */
      stateScale: number,
      outputScale: number,
    }),
    weights: tensor,
    equationWeights: z.object({ is: number, phillips: number }),
    reduction: z.enum(['sum', 'mean']),
  }),
  output: z.object({ residuals: tensor, jacobian: tensor }),
});

export const nkLoss = operation({
  name: 'nk.loss',
  summary: 'training loss of given residuals, its unweighted parts, and its gradient in each residual',
  input: z.object({
    is: tensor,
    phillips: tensor,
    weights: z.object({ is: number, phillips: number }),
    reduction: z.enum(['sum', 'mean']),
  }),
  output: z.object({
    total: number,
    is: number,
    phillips: number,
    gradientIs: gradient,
    gradientPhillips: gradient,
  }),
});

export const nkEvaluationPoints = operation({
  name: 'nk.evaluationPoints',
  summary:
    'states at which accuracy is judged, at given distances in ergodic deviations, with the distance that each point carries and whether it lies in the training domain of `widen` times three ergodic deviations',
  input: z.object({ parameters: tensor, deviations: z.array(number), widen: number }),
  output: z.object({
    points: z.array(z.object({ zeta: tensor, deviations: tensor, withinDomain: z.boolean() })),
  }),
});

export const nkTrace = operation({
  name: 'nk.trace',
  summary:
    'what a training run did, a row a gradient step: the live parameters and state that the loop holds, and the batch that the loss was fed',
  input: z.object({ configuration, seed, steps: z.int().positive() }),
  output: z.object({
    /** (S, B, 8) and (S, B). */
    liveParameters: tensor,
    liveState: tensor,
    batchParameters: tensor,
    batchState: tensor,
    /** Iteration of each gradient step: (S) int32. */
    iteration: tensor,
  }),
});
