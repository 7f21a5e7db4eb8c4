import * as tf from '@tensorflow/tfjs';
import type { Activation } from '../../nn/activation.ts';
import type { AdamResult, AdamSettings, AdamUpdate } from '../../nn/adam.ts';
import { adamW } from '../../nn/adam.ts';
import type { ClippedGradient } from '../../nn/clip.ts';
import { clipByGlobalNorm } from '../../nn/clip.ts';
import type { LayerWeights } from '../../nn/network.ts';
import type { NormaliserKit } from '../../nn/normaliser-kit.ts';
import { normaliserKit } from '../../nn/normaliser-kit.ts';
import type { NormaliserStatistics } from '../../nn/normaliser-statistics.ts';
import { releaseStatistics } from '../../nn/running-normaliser.ts';
import { cosineAnnealing } from '../../nn/schedules.ts';
import { swish } from '../../nn/swish.ts';
import type { Stream } from '../../numerics/stream.ts';
import type { SavedState } from '../saved-state.ts';
import type { BewleyAbilityKit } from './ability-kit.ts';
import type {
  BewleyConfiguration,
  BewleyNetworkSettings,
  BewleyOptimiserSettings,
  BewleyRedrawSettings,
} from './configuration.ts';
import type { BewleyPolicy, BewleyPolicyInputs } from './controls.ts';
import type { BewleyKit } from './kit.ts';
import { bewleyKit } from './kit.ts';
import type { BewleyLoss } from './loss.ts';
import type { BewleyObserved } from './network/features.ts';
import { crossSection, features } from './network/features.ts';
import { initialOutputs } from './network/initial-outputs.ts';
import type { BewleyFirstInputs, BewleyNetworkInputs } from './network/network.ts';
import { firstLayer, network } from './network/network.ts';
import type { BewleyPolicySettings, BewleyPolicyState } from './network/policy.ts';
import { policy } from './network/policy.ts';
import type { NetworkWeights } from './network/weights.ts';
import { drawWeights } from './network/weights.ts';
import { joinPasses } from './passes.ts';
import type { BewleyRunState } from './run-state.ts';
import { restoreState, saveState } from './run-state.ts';
import type { BewleyLossPoints } from './training-loss.ts';
import { trainingLoss } from './training-loss.ts';
import type { BewleyWorlds } from './worlds.ts';
import { drawAgents, redrawShare, redrawWorlds } from './worlds.ts';

/** The Bewley model with its policy network and the services of its trainer. P is the number of weights. */
export interface BewleyTrainerKit extends BewleyKit {
  // The policy.
  readonly activation: Activation;
  readonly normaliser: NormaliserKit;
  readonly features: (
    inputs: BewleyPolicyInputs,
    settings: Pick<BewleyConfiguration, 'initial'>,
  ) => tf.Tensor3D;
  readonly crossSection: (
    kit: Pick<BewleyTrainerKit, 'activation'>,
    observed: BewleyObserved,
    settings: Pick<BewleyNetworkSettings, 'distribution'>,
    embedding?: LayerWeights,
  ) => tf.Tensor2D;
  readonly firstLayer: (
    inputs: BewleyFirstInputs,
    weights: NetworkWeights,
    size: readonly [worlds: number, agents: number],
  ) => tf.Tensor2D;
  readonly network: (
    kit: BewleyTrainerKit,
    weights: NetworkWeights,
    inputs: BewleyNetworkInputs,
    settings: Pick<BewleyConfiguration, 'network' | 'taxes'>,
  ) => tf.Tensor3D;
  readonly policy: (
    kit: BewleyTrainerKit,
    state: BewleyPolicyState,
    settings: BewleyPolicySettings,
  ) => BewleyPolicy;

  // The loop.
  readonly readConfiguration: (configuration: BewleyConfiguration) => BewleyConfiguration;
  readonly initialOutputs: (configuration: BewleyConfiguration) => readonly number[];
  readonly initialWeights: (
    kit: BewleyTrainerKit,
    stream: Stream,
    configuration: BewleyConfiguration,
  ) => Float32Array;
  readonly drawAgents: (
    kit: BewleyAbilityKit,
    configuration: Pick<BewleyConfiguration, 'ability' | 'initial'>,
    count: number,
    stream: Stream,
  ) => BewleyWorlds;
  readonly redrawShare: (settings: BewleyRedrawSettings, step: number, total: number) => number;
  readonly redrawWorlds: (
    kit: BewleyAbilityKit,
    worlds: BewleyWorlds,
    configuration: Pick<BewleyConfiguration, 'ability' | 'initial' | 'redraw' | 'batch'>,
    share: number,
    stream: Stream,
  ) => BewleyWorlds;
  readonly learningRate: (step: number, totalSteps: number, optimiser: BewleyOptimiserSettings) => number;
  /** What the passes of a step make together. */
  readonly joinPasses: <T extends Readonly<Record<string, tf.Tensor>>>(passes: readonly T[]) => T;
  readonly clipGradient: (gradient: tf.Tensor1D, maximumNorm: number) => ClippedGradient;
  readonly updateWeights: (update: AdamUpdate, settings: AdamSettings) => AdamResult;
  /** The loss of worlds that are not trained on; weights and statistics stay as they are. */
  readonly heldOutLoss: (
    kit: BewleyTrainerKit,
    weights: tf.Tensor1D,
    points: BewleyLossPoints,
    configuration: BewleyConfiguration,
  ) => Omit<BewleyLoss, 'total'>;
  /** What a step threw, an error of a model or a loss that is not finite; the run ends unless this returns. */
  readonly onFailure: (error: unknown) => void;

  // What a run tells and leaves.
  /** The loss by which steps and runs are compared: it must not change with the weights of its parts. */
  readonly unweighted: (parts: {
    readonly total: number;
    readonly complementarity: number;
    readonly euler: number;
    readonly labor: number;
  }) => number;
  readonly saveState: (
    kit: Pick<BewleyTrainerKit, 'normaliser'>,
    state: BewleyRunState,
  ) => Promise<SavedState>;
  readonly restoreState: (
    kit: Pick<BewleyTrainerKit, 'normaliser'>,
    saved: SavedState,
    configuration: BewleyConfiguration,
  ) => BewleyRunState;

  // Lifetimes of tensors.
  /** Runs a step and disposes of everything that it made, but what it returns. */
  readonly scope: <T extends tf.TensorContainer>(body: () => T) => T;
  /** Chooses what outlives a step, by name. */
  readonly keep: <T extends Readonly<Record<string, tf.Tensor>>>(made: T) => T;
  /** Disposes of tensors that have been replaced or read, by name. */
  readonly release: (spent: Readonly<Record<string, tf.Tensor>>) => void;
  /** Disposes of statistics that a batch has replaced. */
  readonly releaseStatistics: (past: NormaliserStatistics | undefined, now?: NormaliserStatistics) => void;
}

/** The model and its trainer as they are meant; what faults deviate from. */
export const bewleyTrainerKit: BewleyTrainerKit = {
  ...bewleyKit,
  activation: swish,
  normaliser: normaliserKit,
  features,
  crossSection,
  firstLayer,
  network,
  policy,
  readConfiguration: (configuration) => configuration,
  initialOutputs,
  initialWeights: (kit, stream, configuration) =>
    drawWeights(stream, configuration, kit.initialOutputs(configuration)),
  drawAgents,
  redrawShare,
  redrawWorlds,
  learningRate: (step, total, { learningRate, finalLearningRate }) =>
    cosineAnnealing({ initial: learningRate, final: finalLearningRate, total }, step),
  joinPasses,
  clipGradient: clipByGlobalNorm,
  updateWeights: adamW,
  heldOutLoss: (kit, weights, points, configuration) => {
    const { complementarity, euler, labor } = trainingLoss(kit, weights, points, configuration).loss;
    return { complementarity, euler, labor };
  },
  onFailure: (error) => {
    throw error;
  },
  unweighted: ({ complementarity, euler, labor }) => complementarity + euler + labor,
  saveState,
  restoreState,
  scope: (body) => tf.tidy(body),
  keep: (made) => made,
  release: (spent) => {
    tf.dispose(Object.values(spent));
  },
  releaseStatistics,
};
