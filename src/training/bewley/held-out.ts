import type * as tf from '@tensorflow/tfjs';
import type { BewleyConfiguration, BewleyTrainerKit } from '../../models/bewley/index.ts';
import { passSize } from '../../models/bewley/index.ts';
import type { NormaliserStatistics } from '../../nn/normaliser-statistics.ts';
import type { Stream } from '../../numerics/stream.ts';
import { batchTensors } from './batch.ts';
import { lossPoints } from './gradient.ts';
import { readScalar } from '../read-scalar.ts';

/** A policy that is looked at. */
export interface HeldOutInput {
  readonly configuration: BewleyConfiguration;
  readonly weights: tf.Tensor1D;
  readonly statistics: NormaliserStatistics;
  /** Of the run. */
  readonly streams: Stream;
}

/**
 * Unweighted losses on worlds as they begin, which no step is taken on, by the names of the log: as many worlds as one
 * pass takes, the same worlds and draws at every look. Nothing is learnt of them, by the normaliser neither.
 */
export async function heldOutLosses(
  kit: BewleyTrainerKit,
  { configuration, weights, statistics: { mean, variance }, streams }: HeldOutInput,
): Promise<Readonly<Record<string, number>>> {
  const { agents } = configuration.batch;
  const count = passSize(configuration.batch);
  const stream = streams.split('held-out');
  const worlds = kit.drawAgents(kit, configuration, count * agents, stream.split('worlds'));
  const branches = kit.drawBranches(kit, configuration, worlds.exogenous, stream.split('shocks'));
  const { complementarity, euler, labor } = kit.scope(() => {
    const tensors = batchTensors({ worlds, branches }, { first: 0, count, agents });
    return { ...kit.heldOutLoss(kit, weights, lossPoints({ ...tensors, mean, variance }), configuration) };
  });
  try {
    return {
      'held_out/fb': await readScalar(complementarity),
      'held_out/aux_mu': await readScalar(euler),
      'held_out/labor_foc': await readScalar(labor),
    };
  } finally {
    kit.release({ complementarity, euler, labor });
  }
}
