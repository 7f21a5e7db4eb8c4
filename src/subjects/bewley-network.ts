import * as tf from '@tensorflow/tfjs';
import type { BewleyBranches, BewleyExogenous, BewleyWorlds } from '../models/bewley/index.ts';
import { freshMoments } from '../nn/index.ts';
import { bewleyStep } from '../training/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { InputOf } from '../verification/operation.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { bewleyConfigured } from './bewley-trainable.ts';
import type { Kit } from './kit.ts';
import { download, evaluate, upload } from './transfer.ts';

/** The policy network of the Bewley economy, and its gradient as a training step takes it, as operations. */
export function bewleyNetwork(kit: Kit): readonly Implementation[] {
  const { bewley } = kit;
  return [
    implement(contract.bewleyPolicy, async ({ configuration, weights, statistics, state }) => {
      const settings = bewleyConfigured(kit, configuration);
      return evaluate(() => {
        const given = {
          weights: upload(weights) as tf.Tensor1D,
          statistics: { mean: upload(statistics.mean), variance: upload(statistics.variance) },
        };
        const inputs = {
          wealth: upload(state.wealth),
          ability: upload(state.ability),
          star: upload(state.star),
        };
        const { savingsRatio, marginalReturn, labor } = bewley.policy(bewley, given, settings)(inputs);
        return { savingsRatio, marginalReturn, labor };
      });
    }),
    implement(contract.bewleyGradient, async ({ configuration, weights, statistics, ...batch }) => {
      const settings = bewleyConfigured(kit, configuration);
      const flat = upload(weights) as tf.Tensor1D;
      const moments = freshMoments(flat.size);
      const past = { mean: upload(statistics.mean), variance: upload(statistics.variance), count: 1 };
      const made = bewleyStep(bewley, {
        configuration: settings,
        weights: flat,
        moments,
        batch: batchOf(batch),
        statistics: past,
        learningRate: settings.optimiser.learningRate,
      });
      const number = async (scalar: tf.Scalar): Promise<number> => (await scalar.data())[0] ?? Number.NaN;
      try {
        return {
          loss: await number(made.total),
          complementarity: await number(made.complementarity),
          euler: await number(made.euler),
          labor: await number(made.laborCondition),
          gradient: await download(made.gradient),
        };
      } finally {
        const { firstMoment, secondMoment } = moments;
        tf.dispose([flat, firstMoment, secondMoment, past.mean, past.variance, ...Object.values(made)]);
      }
    }),
  ];
}

type Batch = Pick<InputOf<typeof contract.bewleyGradient>, 'state' | 'a' | 'b'>;

/** The batch on the host, as the trainer has it. */
function batchOf({ state, a, b }: Batch): {
  readonly worlds: BewleyWorlds;
  readonly branches: BewleyBranches;
} {
  return {
    worlds: { wealth: Float32Array.from(state.wealth.data), exogenous: exogenousOf(state) },
    branches: { a: exogenousOf(a), b: exogenousOf(b) },
  };
}

function exogenousOf({ ability, star }: Record<'ability' | 'star', TensorValue>): BewleyExogenous {
  return { ability: Float32Array.from(ability.data), star: Uint8Array.from(star.data) };
}
