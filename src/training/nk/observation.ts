import type { NkStepTensors } from '../../models/nk/kit.ts';
import type { NkBatch, NkWorld } from '../../models/nk/world.ts';

/** How far a step went, in the terms of its rule; what the rule does not have is absent. */
export interface NkStepSize {
  /** Of AdamW. */
  readonly learningRate?: number;
  /** Of Levenberg and Marquardt, after the step. */
  readonly damping?: number;
  /** Whether a step of Levenberg and Marquardt was taken; the weights stay where they are without. */
  readonly accepted?: boolean;
  /** By how much the last step that was tried lowers the loss, over what its linearised residuals promise. */
  readonly gainRatio?: number;
}

/**
 * What a gradient step did. Its tensors belong to the trainer and are valid only until the observer's promise settles:
 * read them with `await tensor.data()`, or clone them.
 */
export interface NkObservation extends NkStepTensors, NkStepSize {
  /** Gradient steps before this one. */
  readonly step: number;
  /** Iterations before this one. */
  readonly iteration: number;
  /** What the loss was fed, and what the loop held at that time. */
  readonly batch: NkBatch;
  readonly live: NkWorld;
  /** Innovations of the expectation and their probabilities, (n) each. */
  readonly nodes: Float32Array;
  readonly probabilities: Float32Array;
  /** Tensors alive in the engine, those of this observation included, and their bytes. */
  readonly memory: { readonly tensors: number; readonly bytes: number };
}

/** Is told of every gradient step, and is waited for. */
export type NkObserver = (observation: NkObservation) => Promise<void> | void;
