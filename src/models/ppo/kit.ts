import * as tf from '@tensorflow/tfjs';
import type { AdamResult, AdamSettings, AdamUpdate } from '../../nn/adam.ts';
import { adamW } from '../../nn/adam.ts';
import type { ClippedGradient } from '../../nn/clip.ts';
import { clipByGlobalNorm } from '../../nn/clip.ts';
import { linearAnnealing } from '../../nn/schedules.ts';
import type { RunningMoments } from '../../numerics/running-moments.ts';
import { addRows } from '../../numerics/running-moments.ts';
import type { Stream } from '../../numerics/stream.ts';
import type { SavedState } from '../saved-state.ts';
import type { Advantages, Trajectories } from './advantages.ts';
import { generalisedAdvantages } from './advantages.ts';
import { rowsOf } from './batch.ts';
import type { PpoBatch } from './batch.ts';
import type {
  PpoConfiguration,
  PpoNetworkSettings,
  PpoReturnSettings,
  PpoValueSettings,
} from './configuration.ts';
import { divergence, entropy, logProbability } from './distribution.ts';
import type { ActionSpace, Environment } from './environment.ts';
import { durotaxisKit } from './environments/durotaxis/kit.ts';
import type { EnvironmentKit } from './environments/environment-of.ts';
import { endsUpdate, minibatches } from './epochs.ts';
import { explainedVariance } from './explained-variance.ts';
import { weighValueLoss, withEntropy } from './loss.ts';
import type { PpoOutputs } from './network.ts';
import { initialWeights, network } from './network.ts';
import { normaliseObservations } from './observations.ts';
import { rescaleHead } from './popart.ts';
import type { PolicyLossInput, RatioStatistics } from './policy-loss.ts';
import { policyLoss, ratioStatistics } from './policy-loss.ts';
import type { PolicyRow, PolicySample } from './policy-sample.ts';
import { executedAction, sampleAction } from './policy-sample.ts';
import type { ReturnMoments, ReturnScale } from './return-moments.ts';
import { addReturns } from './return-moments.ts';
import type { RewardScale, ScaledRewards } from './reward-scaling.ts';
import { scaleRewards } from './reward-scaling.ts';
import type { PpoRunState } from './run-state.ts';
import { restoreState, saveState } from './run-state.ts';
import type { ShapedStep } from './shaping.ts';
import { shaping, withShaping } from './shaping.ts';
import type { PpoSizes } from './spaces.ts';
import { standardise } from './standardise.ts';
import type { EpisodeEnd } from './time-limit.ts';
import { endOfStep } from './time-limit.ts';
import type { ValueLoss, ValueLossInput } from './value-loss.ts';
import { clipRanges, valueLoss } from './value-loss.ts';
import type { ValueTargets } from './value-targets.ts';
import { unitsOf, valueTargets } from './value-targets.ts';

/** What a gradient step has made by its end, as tensors. */
export type PpoStepTensors = {
  /** Flat, (P): weights and moments after the step. */
  readonly weights: tf.Tensor1D;
  readonly firstMoment: tf.Tensor1D;
  readonly secondMoment: tf.Tensor1D;
  /** Flat, (P): as the optimiser got it, after clipping. */
  readonly gradient: tf.Tensor1D;
  /** The value that was differentiated. */
  readonly total: tf.Scalar;
  /** Numbers about the step, in the order of `stepNumbers`. */
  readonly numbers: tf.Tensor1D;
};

/**
 * The pure functions and services of which the PPO trainer is made.
 *
 * A function that uses others takes the kit as its first argument and calls them through it, so that replacing one
 * function of a kit changes everything that uses it. n samples, m of a minibatch, A actions, C components of the reward,
 * O numbers of an observation, P weights.
 */
export interface PpoKit extends EnvironmentKit {
  // The agent in its environment: plain arrays.
  readonly shaping: (step: ShapedStep) => number;
  readonly withShaping: (
    kit: PpoKit,
    environment: Environment,
    settings: { readonly weight: number; readonly discount: number },
  ) => Environment;
  readonly endOfStep: (step: EpisodeEnd) => { readonly terminated: boolean; readonly truncated: boolean };
  readonly observe: (past: RunningMoments, rows: Float32Array) => RunningMoments;
  readonly normaliseObservations: (
    moments: RunningMoments,
    rows: Float32Array,
    settings: PpoConfiguration['observations'],
  ) => Float32Array;
  readonly sampleAction: (kind: ActionSpace['kind'], policy: PolicyRow, random: Stream) => PolicySample;
  readonly executedAction: (space: ActionSpace, raw: ArrayLike<number>) => Float32Array;

  // From what happened to what is learnt: plain arrays.
  readonly scaleRewards: (
    past: RewardScale,
    rewards: Float32Array,
    totals: Float64Array,
    ended: Uint8Array,
    settings: { readonly discount: number; readonly clip: number },
  ) => ScaledRewards;
  readonly advantages: (
    trajectories: Trajectories,
    settings: { readonly discount: number; readonly lambda: number },
  ) => Advantages;
  /** Of all samples of an update; where episodes end is no business of the correct one. */
  readonly standardise: (
    advantages: Float64Array,
    trajectories: Pick<Trajectories, 'terminated' | 'truncated' | 'shape'>,
  ) => Float64Array;
  readonly addReturns: (past: ReturnMoments, returns: Float64Array, decay: number) => ReturnMoments;
  readonly unitsOf: (
    moments: ReturnMoments,
    settings: Pick<PpoReturnSettings, 'normalisation'>,
  ) => ReturnScale;
  readonly valueTargets: (
    kit: PpoKit,
    returns: Float64Array,
    past: ReturnMoments,
    settings: Pick<PpoReturnSettings, 'normalisation' | 'decay'>,
  ) => ValueTargets;
  readonly rescaleHead: (
    weights: Float32Array,
    head: readonly [from: number, to: number],
    old: ReturnScale,
    now: ReturnScale,
  ) => Float32Array;
  readonly clipRanges: (
    old: ArrayLike<number>,
    deviation: ArrayLike<number>,
    settings: Pick<PpoValueSettings, 'clip' | 'clipRange'>,
  ) => Float32Array;
  readonly explainedVariance: (
    values: Float64Array,
    returns: Float64Array,
    components: number,
  ) => readonly number[];

  // Networks and losses: tensors in, tensors out, nothing kept.
  readonly initialWeights: (
    stream: Stream,
    sizes: PpoSizes,
    network: PpoNetworkSettings,
    deviation: number,
  ) => Float32Array;
  readonly network: (
    weights: readonly tf.Tensor[],
    observations: tf.Tensor2D,
    sizes: PpoSizes,
    settings: PpoNetworkSettings,
  ) => PpoOutputs;
  readonly logProbability: (
    outputs: Pick<PpoOutputs, 'policy' | 'logDeviation'>,
    raw: tf.Tensor2D,
  ) => tf.Tensor1D;
  readonly entropy: (outputs: Pick<PpoOutputs, 'policy' | 'logDeviation'>) => tf.Scalar;
  readonly divergence: (
    old: Pick<PpoOutputs, 'policy' | 'logDeviation'>,
    now: Pick<PpoOutputs, 'policy' | 'logDeviation'>,
  ) => tf.Scalar;
  readonly policyLoss: (input: PolicyLossInput, clip: number) => tf.Scalar;
  readonly ratioStatistics: (logRatio: tf.Tensor1D, clip: number) => RatioStatistics;
  readonly valueLoss: (
    input: ValueLossInput,
    settings: Pick<PpoValueSettings, 'clip' | 'loss' | 'huberDelta'>,
  ) => ValueLoss;
  readonly withEntropy: (policy: tf.Scalar, entropy: tf.Scalar, weight: number) => tf.Scalar;
  readonly weighValueLoss: (
    perHead: tf.Tensor1D,
    rewardWeights: readonly number[],
    weight: number,
  ) => tf.Scalar;

  // The loop.
  readonly readConfiguration: (configuration: PpoConfiguration) => PpoConfiguration;
  readonly minibatches: (samples: number, size: number, random: Stream) => readonly Uint32Array[];
  readonly rowsOf: (batch: PpoBatch, rows: ArrayLike<number>) => PpoBatch;
  readonly endsUpdate: (
    epoch: { readonly divergence: number; readonly isLast: boolean },
    target: number | undefined,
  ) => boolean;
  readonly learningRate: (
    update: number,
    updates: number,
    optimiser: Pick<PpoConfiguration['optimiser'], 'learningRate' | 'finalLearningRate'>,
  ) => number;
  readonly clipGradient: (gradient: tf.Tensor1D, maximumNorm: number) => ClippedGradient;
  readonly updateWeights: (update: AdamUpdate, settings: AdamSettings) => AdamResult;
  /** What an update threw, an error of a model or a loss that is not finite; the run ends unless this returns. */
  readonly onFailure: (error: unknown) => void;

  // What a run tells and leaves.
  /** The loss by which updates and runs are compared: it must not change with the weights of its parts. */
  readonly unweighted: (parts: { readonly total: number; readonly valueLosses: readonly number[] }) => number;
  readonly saveState: (state: PpoRunState) => Promise<SavedState>;
  readonly restoreState: (
    saved: SavedState,
    configuration: PpoConfiguration,
    environment: Environment,
  ) => PpoRunState;

  // Lifetimes of tensors.
  /** Runs a step and disposes of everything that it made, but what it returns. */
  readonly scope: <T extends tf.TensorContainer>(body: () => T) => T;
  /** Chooses what outlives the step, of what it made. */
  readonly commit: (made: PpoStepTensors) => PpoStepTensors;
  /** Disposes of tensors that have been replaced or read, by name. */
  readonly release: (spent: Readonly<Record<string, tf.Tensor>>) => void;
}

/** The trainer as it is meant; what faults deviate from. */
export const ppoKit: PpoKit = {
  durotaxis: durotaxisKit,
  shaping,
  withShaping,
  endOfStep,
  observe: addRows,
  normaliseObservations,
  sampleAction,
  executedAction,
  scaleRewards,
  advantages: generalisedAdvantages,
  standardise,
  addReturns,
  unitsOf,
  valueTargets,
  rescaleHead,
  clipRanges,
  explainedVariance,
  initialWeights,
  network,
  logProbability,
  entropy,
  divergence,
  policyLoss,
  ratioStatistics,
  valueLoss,
  withEntropy,
  weighValueLoss,
  readConfiguration: (configuration) => configuration,
  minibatches,
  rowsOf,
  endsUpdate,
  learningRate: (update, updates, { learningRate, finalLearningRate }) =>
    linearAnnealing({ initial: learningRate, final: finalLearningRate, total: updates }, update),
  clipGradient: clipByGlobalNorm,
  updateWeights: adamW,
  onFailure: (error) => {
    throw error;
  },
  unweighted: ({ valueLosses }) => valueLosses.reduce((sum, loss) => sum + loss, 0),
  saveState,
  restoreState,
  scope: (body) => tf.tidy(body),
  commit: (made) => made,
  release: (spent) => {
    tf.dispose(Object.values(spent));
  },
};
