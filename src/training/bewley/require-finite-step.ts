import * as tf from '@tensorflow/tfjs';
import type { BewleyPeriod, BewleyTrainerKit, BewleyTrainingLoss } from '../../models/bewley/index.ts';
import { trainingLoss } from '../../models/bewley/index.ts';
import { notFinite } from '../non-finite.ts';
import { batchTensors } from './batch.ts';
import { lossPoints } from './gradient.ts';
import type { BewleyStepInput, BewleyStepTensors } from './step.ts';

/**
 * Ends a run whose loss or gradient is no number. The periods of the step are then gone through once more, to say which
 * household left the domain where one did.
 *
 * @throws SubjectError `domain`, `non-finite-loss`, `non-finite-gradient`
 */
export async function requireFiniteStep(
  kit: BewleyTrainerKit,
  step: number,
  input: BewleyStepInput,
  made: BewleyStepTensors,
): Promise<void> {
  const [total, norm] = await Promise.all([read(made.total), read(made.gradientNorm)]);
  if (Number.isFinite(total) && Number.isFinite(norm)) return;
  await requireFinitePeriods(kit, step, input);
  const [complementarity, euler, labor] = await Promise.all(
    [made.complementarity, made.euler, made.laborCondition].map(read),
  );
  const given = `loss ${total} (complementarity ${complementarity}, Euler ${euler}, labour ${labor}), gradient norm ${norm}`;
  throw notFinite(Number.isFinite(total) ? 'gradient' : 'loss', step, given);
}

async function requireFinitePeriods(
  kit: BewleyTrainerKit,
  step: number,
  { configuration, weights, batch, statistics }: BewleyStepInput,
): Promise<void> {
  const { worlds, agents } = configuration.batch;
  const { mean, variance } = statistics;
  // A tidy that keeps what it made: the periods are records of records, whatever their types say.
  const { today, ahead }: BewleyTrainingLoss = kit.scope(() => {
    const tensors = batchTensors(batch, { first: 0, count: worlds, agents });
    return {
      ...trainingLoss(kit, weights, lossPoints({ ...tensors, mean, variance }), configuration),
    } as never;
  });
  try {
    await requireFinitePeriod(kit, `gradient step ${step}, today`, today);
    for (const name of ['a', 'b'] as const) {
      const { period, euler } = ahead[name];
      const what = `gradient step ${step}, the next period under draw ${name}`;
      await requireFinitePeriod(kit, what, period);
      await kit.requireFinite(what, { 'the Euler residual': euler });
    }
  } finally {
    tf.dispose({ today, ahead } as never);
  }
}

async function requireFinitePeriod(
  kit: BewleyTrainerKit,
  what: string,
  { state, controls, market, income, money, consumption }: BewleyPeriod,
): Promise<void> {
  const { wealth, ability } = state;
  const { labor, savingsRatio } = controls;
  const { wage, rate, capital, effectiveLabor } = market;
  await kit.requireFinite(what, { capital, effectiveLabor, wage, rate });
  const given = { wealth, ability, labor, savingsRatio, income };
  await kit.requireFinite(what, { income, money, consumption }, given);
}

async function read(scalar: tf.Scalar): Promise<number> {
  const [value = Number.NaN] = await scalar.data();
  return value;
}
