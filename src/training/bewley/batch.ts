import * as tf from '@tensorflow/tfjs';
import type { BewleyBranches, BewleyExogenous, BewleyWorlds } from '../../models/bewley/index.ts';
import type { BewleyGradientInputs } from './gradient.ts';

/** All worlds of a step on the host: their state, and two draws of what comes after it. */
export interface BewleyBatch {
  readonly worlds: BewleyWorlds;
  readonly branches: BewleyBranches;
}

/** Which worlds are meant: `count` of them from world `first` on, of `agents` each. */
export interface BewleyRange {
  readonly first: number;
  readonly count: number;
  readonly agents: number;
}

/** What worlds hold, as tensors; the surrounding scope owns them. */
export type BewleyBatchTensors = Omit<BewleyGradientInputs, 'weights' | 'mean' | 'variance'>;

/** State and draws of some of the worlds, (B, A) each. */
export function batchTensors({ worlds, branches }: BewleyBatch, range: BewleyRange): BewleyBatchTensors {
  return {
    ...stateTensors(worlds, range),
    abilityA: tensorOf(branches.a, 'ability', range),
    starA: tensorOf(branches.a, 'star', range),
    abilityB: tensorOf(branches.b, 'ability', range),
    starB: tensorOf(branches.b, 'star', range),
  };
}

/** The state of some of the worlds, (B, A) each. */
export function stateTensors(
  { wealth, exogenous }: BewleyWorlds,
  range: BewleyRange,
): Pick<BewleyGradientInputs, 'wealth' | 'ability' | 'star'> {
  return {
    wealth: rows(wealth, range),
    ability: tensorOf(exogenous, 'ability', range),
    star: tensorOf(exogenous, 'star', range),
  };
}

function tensorOf(exogenous: BewleyExogenous, name: keyof BewleyExogenous, range: BewleyRange): tf.Tensor2D {
  return rows(exogenous[name], range);
}

function rows(values: Float32Array | Uint8Array, { first, count, agents }: BewleyRange): tf.Tensor2D {
  const own = values.subarray(first * agents, (first + count) * agents);
  // A copy: engines of the host read the array for as long as the tensor lives.
  return tf.tensor2d(Float32Array.from(own), [count, agents], 'float32');
}
