import type { NkStepTensors } from '../models/nk/kit.ts';
import type { NkBatch, NkWorld } from '../models/nk/world.ts';

/**
 * What a gradient step did. Its tensors belong to the trainer and are valid only until the observer's promise settles:
 * read them with `await tensor.data()`, or clone them.
 */
export interface NkObservation extends NkStepTensors {
  /** Gradient steps before this one. */
  readonly step: number;
  /** Iterations before this one. */
  readonly iteration: number;
  readonly learningRate: number;
  /** After the step; 0 without a second-order method. */
  readonly damping: number;
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
