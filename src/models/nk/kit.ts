import * as tf from '@tensorflow/tfjs';
import type { Activation } from '../../nn/activation.ts';
import type { AdamMoments, AdamResult, AdamSettings, AdamUpdate } from '../../nn/adam.ts';
import { adamW } from '../../nn/adam.ts';
import { celu } from '../../nn/celu.ts';
import type { ClippedGradient } from '../../nn/clip.ts';
import { clipByGlobalNorm } from '../../nn/clip.ts';
import { constant } from '../../nn/constant.ts';
import { gated } from '../../nn/gated.ts';
import { uniformWeights } from '../../nn/initialisers.ts';
import type { DampedStep, LeastSquares, LevenbergMarquardtSettings } from '../../nn/levenberg-marquardt.ts';
import { levenbergMarquardt } from '../../nn/levenberg-marquardt.ts';
import { cosineAnnealing } from '../../nn/schedules.ts';
import type { Stream } from '../../numerics/stream.ts';
import { closedForm } from './closed-form.ts';
import type { NkCoefficients } from './coefficients.ts';
import { coefficients } from './coefficients.ts';
import type {
  NkAdamWSettings,
  NkConfiguration,
  NkExpectationSettings,
  NkLossSettings,
  NkNetworkSettings,
  NkProcedure,
  NkSamplingSettings,
} from './configuration.ts';
import type { NkControls, NkPolicy } from './controls.ts';
import { controls } from './controls.ts';
import type { NkEvaluationPoint, NkEvaluationRequest } from './evaluation-points.ts';
import { evaluationPoints } from './evaluation-points.ts';
import type { NkLookAhead, NkLookAheadInput, NkLookAheadRows, NkNodes } from './expectation.ts';
import { lookAhead, lookAheadRows } from './expectation.ts';
import type { NkLinearisation } from './linearisation.ts';
import { linearise, residualVector } from './linearisation.ts';
import type { NkLoss, NkLossInput, NkLossPoints, NkLossRecipe } from './loss.ts';
import { combine, loss, lossPoints } from './loss.ts';
import { network, networkInputs, policy, policyWidths } from './policy.ts';
import type { NkEquilibrium, NkResiduals } from './residuals.ts';
import { residuals } from './residuals.ts';
import type { SavedState } from '../saved-state.ts';
import type { NkRunState } from './run-state.ts';
import { restoreState, saveState } from './run-state.ts';
import {
  drawErgodicState,
  drawParameters,
  drawUniformState,
  expectationNodes,
  innovations,
} from './sampling.ts';
import { requireSameShape } from './shapes.ts';
import { transition } from './transition.ts';
import type { NkBatch, NkNextState, NkWorld } from './world.ts';
import { assembleBatch, nextState, redrawsParameters } from './world.ts';

/** What a gradient step has made by its end, as tensors. */
export type NkStepTensors = {
  /** Flat, (P): weights and moments after the step. */
  readonly weights: tf.Tensor1D;
  readonly firstMoment: tf.Tensor1D;
  readonly secondMoment: tf.Tensor1D;
  /** Flat, (P): as the optimiser got it, after clipping. */
  readonly gradient: tf.Tensor1D;
  /** Before clipping. */
  readonly gradientNorm: tf.Scalar;
  /** Root mean square of the change of the weights. */
  readonly weightChange: tf.Scalar;
  /** The value that was differentiated, and its unweighted parts. */
  readonly total: tf.Scalar;
  readonly is: tf.Scalar;
  readonly phillips: tf.Scalar;
};

/**
 * The pure functions and services of which the New Keynesian model and its trainer are made.
 *
 * A function that uses others takes the kit as its first argument and calls them through it, so that replacing one
 * function of a kit (`{ ...nkKit, transition }`) changes everything that uses it. B is the batch, P the number of
 * weights. Parameters are (B, 8), in the order of NK_PARAMETERS.
 */
export interface NkKit {
  // The economy: tensors in, tensors out, nothing kept.
  readonly coefficients: (parameters: tf.Tensor2D) => NkCoefficients;
  readonly closedForm: (zeta: tf.Tensor, coefficients: NkCoefficients) => NkControls;
  readonly residuals: (kit: NkKit, equilibrium: NkEquilibrium) => NkResiduals;
  readonly transition: (
    kit: NkKit,
    zeta: tf.Tensor,
    innovation: tf.Tensor,
    coefficients: Pick<NkCoefficients, 'rho' | 'shockScale'>,
  ) => tf.Tensor;
  readonly requireSameShape: (what: string, tensors: Readonly<Record<string, tf.Tensor>>) => void;

  // The policy and its loss.
  readonly activation: Activation;
  readonly gatedActivation: Activation;
  readonly networkInputs: (zeta: tf.Tensor, parameters: tf.Tensor2D) => tf.Tensor2D;
  readonly network: (
    kit: NkKit,
    weights: readonly tf.Tensor[],
    inputs: tf.Tensor2D,
    activation?: Activation,
  ) => tf.Tensor2D;
  readonly controls: (raw: tf.Tensor2D, outputScale: number) => NkControls;
  readonly policy: (kit: NkKit, weights: readonly tf.Tensor[], network: NkNetworkSettings) => NkPolicy;
  readonly lookAheadRows: (kit: NkKit, input: Omit<NkLookAheadInput, 'probabilities'>) => NkLookAheadRows;
  readonly lookAhead: (kit: NkKit, policy: NkPolicy, input: NkLookAheadInput) => NkLookAhead;
  readonly constant: <T extends tf.Tensor>(x: T) => T;
  readonly combine: (residuals: NkResiduals, settings: NkLossSettings) => NkLoss;
  readonly lossPoints: (kit: NkKit, input: NkLossInput) => NkLossPoints;
  readonly loss: (
    kit: NkKit,
    weights: readonly tf.Tensor[],
    points: NkLossPoints,
    recipe: NkLossRecipe,
  ) => NkLoss;
  readonly residualVector: (
    kit: NkKit,
    weights: readonly tf.Tensor[],
    points: NkLossPoints,
    recipe: NkLossRecipe,
  ) => tf.Tensor2D;
  readonly linearise: (
    kit: NkKit,
    weights: readonly tf.Tensor[],
    points: NkLossPoints,
    recipe: NkLossRecipe,
  ) => NkLinearisation;

  // Sampling: plain arrays from a stream.
  readonly drawParameters: (stream: Stream, batch: number) => Float32Array;
  readonly drawErgodicState: (
    stream: Stream,
    parameters: Float32Array,
    sampling: Pick<NkSamplingSettings, 'widen'>,
  ) => Float32Array;
  readonly drawUniformState: (
    stream: Stream,
    parameters: Float32Array,
    sampling: Pick<NkSamplingSettings, 'bound' | 'unit'>,
  ) => Float32Array;
  readonly innovations: (stream: Stream, count: number) => Float32Array;
  readonly expectationNodes: (kit: NkKit, expectation: NkExpectationSettings, stream: Stream) => NkNodes;
  readonly evaluationPoints: (
    request: NkEvaluationRequest,
    parameters: Float32Array,
  ) => readonly NkEvaluationPoint[];

  // The loop.
  readonly readConfiguration: (configuration: NkConfiguration) => NkConfiguration;
  readonly redrawsParameters: (iteration: number, procedure: NkProcedure) => boolean;
  readonly nextState: (kit: NkKit, input: NkNextState) => tf.Tensor;
  readonly assembleBatch: (world: NkWorld) => NkBatch;
  readonly initialWeights: (stream: Stream, network: NkNetworkSettings) => Float32Array;
  readonly learningRate: (step: number, totalSteps: number, optimiser: NkAdamWSettings) => number;
  readonly clipGradient: (gradient: tf.Tensor1D, maximumNorm: number) => ClippedGradient;
  readonly updateWeights: (update: AdamUpdate, settings: AdamSettings) => AdamResult;
  readonly dampedStep: (
    problem: LeastSquares,
    damping: number,
    settings: LevenbergMarquardtSettings,
  ) => Promise<DampedStep>;
  readonly optimiserFor: (current: AdamMoments | undefined, make: () => AdamMoments) => AdamMoments;
  /** What a step threw, an error of a model or a loss that is not finite; the run ends unless this returns. */
  readonly onFailure: (error: unknown) => void;

  // What a run tells and leaves.
  /** The loss by which steps and runs are compared: it must not change with the weights of its parts. */
  readonly unweighted: (parts: {
    readonly total: number;
    readonly is: number;
    readonly phillips: number;
  }) => number;
  readonly saveState: (state: NkRunState) => Promise<SavedState>;
  readonly restoreState: (kit: NkKit, saved: SavedState, configuration: NkConfiguration) => NkRunState;

  // Lifetimes of tensors.
  /** Runs a step and disposes of everything that it made, but what it returns. */
  readonly scope: <T extends tf.TensorContainer>(body: () => T) => T;
  /** Chooses what outlives the step; `shocks` are the nodes that its expectation was taken over. */
  readonly commit: (made: NkStepTensors, shocks: tf.Tensor) => NkStepTensors;
  /** Disposes of tensors that have been replaced or read, by name. */
  readonly release: (spent: Readonly<Record<string, tf.Tensor>>) => void;
}

/** The model and the trainer as published; what faults deviate from. */
export const nkKit: NkKit = {
  coefficients,
  closedForm,
  residuals,
  transition,
  requireSameShape,
  activation: celu,
  gatedActivation: gated,
  networkInputs,
  network,
  controls,
  policy,
  lookAheadRows,
  lookAhead,
  constant,
  combine,
  lossPoints,
  loss,
  residualVector,
  linearise,
  drawParameters,
  drawErgodicState,
  drawUniformState,
  innovations,
  expectationNodes,
  evaluationPoints,
  readConfiguration: (configuration) => configuration,
  redrawsParameters,
  nextState,
  assembleBatch,
  initialWeights: (stream, { hidden, activation }) =>
    uniformWeights(stream, policyWidths(hidden), activation === 'gated' ? gated.sumsPerUnit : 1),
  learningRate: (step, total, { learningRate, finalLearningRate }) =>
    cosineAnnealing({ initial: learningRate, final: finalLearningRate, total }, step),
  clipGradient: clipByGlobalNorm,
  updateWeights: adamW,
  dampedStep: levenbergMarquardt,
  optimiserFor: (current, make) => current ?? make(),
  onFailure: (error) => {
    throw error;
  },
  unweighted: ({ is, phillips }) => is + phillips,
  saveState,
  restoreState,
  scope: (body) => tf.tidy(body),
  commit: (made) => made,
  release: (spent) => {
    tf.dispose(Object.values(spent));
  },
};
