import type { PpoBatch, PpoStepTensors } from '../../models/ppo/index.ts';
import type { Experience } from './experience.ts';
import type { PpoStepNumbers } from './gradient.ts';
import type { Rollout } from './rollout.ts';

/**
 * What a gradient step did. Its tensors belong to the trainer and are valid only until the observer's promise settles: read
 * them with `await tensor.data()`, or clone them.
 */
export interface PpoGradientStep extends PpoStepTensors {
  /** Environment steps before the update that it is part of. */
  readonly step: number;
  readonly epoch: number;
  readonly learningRate: number;
  /** Row numbers of its samples, and the samples. */
  readonly rows: Uint32Array;
  readonly samples: PpoBatch;
  /** Tensors alive in the engine, those of this observation included, and their bytes. */
  readonly memory: { readonly tensors: number; readonly bytes: number };
}

/** What an update did, on the host. */
export interface PpoUpdate {
  /** Environment steps before this update. */
  readonly step: number;
  readonly learningRate: number;
  readonly rollout: Rollout;
  readonly experience: Experience;
  /** (A) of the Gaussian policy that acted; empty of a discrete one. */
  readonly logDeviation: Float32Array;
  /** Of every gradient step, epoch by epoch. */
  readonly epochs: readonly (readonly PpoStepNumbers[])[];
}
