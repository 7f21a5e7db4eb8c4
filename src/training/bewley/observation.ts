import type { BewleyWorlds } from '../../models/bewley/index.ts';
import type { NormaliserStatistics } from '../../nn/normaliser-statistics.ts';
import type { BewleyBatch } from './batch.ts';
import type { BewleyStepTensors } from './step.ts';

/**
 * What a gradient step did. Its tensors belong to the trainer and are valid only until the observer's promise settles:
 * read them with `await tensor.data()`, or clone them.
 */
export type BewleyObservation = BewleyStepTensors & {
  /** Gradient steps before this one. */
  readonly step: number;
  readonly learningRate: number;
  /** What the loss was fed. */
  readonly batch: BewleyBatch;
  /** What the next step begins with: what was committed, some of it drawn afresh. */
  readonly committed: BewleyWorlds;
  /** Those by which this step normalised. */
  readonly statistics: NormaliserStatistics;
  /** Tensors alive in the engine, those of this observation included, and their bytes. */
  readonly memory: { readonly tensors: number; readonly bytes: number };
};

/** Is told of every gradient step, and is waited for. */
export type BewleyObserver = (observation: BewleyObservation) => Promise<void> | void;
