import type * as tf from '@tensorflow/tfjs';
import type { SavedState } from '../models/saved-state.ts';
import type * as contract from '../verification/contracts/index.ts';
import type { InputOf, OutputOf } from '../verification/operation.ts';

/** Settings laid over a configuration; keys and values are judged by the model. */
export type Settings = Readonly<Record<string, unknown>>;

export type Failure = InputOf<typeof contract.trainingFailure>['failure'];

/** What every trainer tells of a gradient step. Its tensors are valid until the observer's promise settles. */
export interface TrainedStep {
  /** Gradient steps before this one. */
  readonly step: number;
  readonly total: tf.Tensor;
  /** As the optimiser got it, (P); weights and moments after the step. */
  readonly gradient: tf.Tensor;
  readonly weights: tf.Tensor;
  readonly firstMoment: tf.Tensor;
  readonly secondMoment: tf.Tensor;
  /** Of AdamW. */
  readonly learningRate?: number;
  /** Of a second-order rule, after the step. */
  readonly damping?: number;
  readonly memory: { readonly tensors: number; readonly bytes: number };
}

/** Losses of a gradient step as the log keeps them. */
export interface LoggedLosses {
  readonly total: number;
  readonly parts: Readonly<Record<string, number>>;
  readonly unweighted: number;
}

/** How far a run is taken, and who is told. */
export interface TrainableRun {
  readonly seed: number;
  readonly maximumSteps: number;
  readonly onStep?: (step: TrainedStep) => Promise<void> | void;
  /** Of every step. */
  readonly onLog?: (losses: LoggedLosses) => void;
  readonly onCheckpoint?: (state: SavedState) => void;
  readonly resumeFrom?: SavedState;
}

/** A gradient step that goes wrong, once: when it is tried again it goes well. */
export interface FailingStep {
  readonly at: number;
  readonly failure: Failure;
}

/** A training loop with its configuration, as the operations on any trainer see it. */
export interface Trainable {
  readonly train: (run: TrainableRun, failing?: FailingStep) => Promise<void>;
  /** Constants of AdamW; undefined under another rule. */
  readonly adamW: AdamWConstants | undefined;
  /**
   * Largest absolute gradient of the training loss of the first step in what it is fed, and in the weights. Absent where
   * all that is fed comes from the host, which no gradient passes.
   */
  readonly gradients?: (seed: number) => Promise<LargestGradients>;
  /** Itself on a configuration that notes which of its keys are read. */
  readonly recordingReads: () => {
    readonly trainable: Trainable;
    readonly declared: readonly string[];
    readonly read: () => readonly string[];
  };
}

export type LargestGradients = OutputOf<typeof contract.trainingConstants>;

export type AdamWConstants = Readonly<Record<'beta1' | 'beta2' | 'epsilon' | 'weightDecay', number>>;

/**
 * A training loop on its smallest configuration with settings over it.
 *
 * @throws InputError for settings that the model refuses.
 */
export type Configure = (settings: Settings) => Trainable;
