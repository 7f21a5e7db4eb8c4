import * as tf from '@tensorflow/tfjs';
import type {
  BewleyConfiguration,
  BewleyPeriod,
  BewleyTrainerKit,
  BewleyTrainingLoss,
} from '../../models/bewley/index.ts';
import { termsOf, trainingLoss } from '../../models/bewley/index.ts';
import { notFinite } from '../non-finite.ts';
import { batchTensors } from './batch.ts';
import { lossPoints } from './gradient.ts';
import type { BewleyStepInput, BewleyStepTensors } from './step.ts';
import { readScalar } from '../read-scalar.ts';

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
  const [total, norm] = await Promise.all([readScalar(made.total), readScalar(made.gradientNorm)]);
  if (Number.isFinite(total) && Number.isFinite(norm)) return;
  await requireFinitePeriods(kit, step, input);
  const [complementarity, euler, labor] = await Promise.all(
    [made.complementarity, made.euler, made.laborCondition].map(readScalar),
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
  const { loss, today, ahead, labor }: BewleyTrainingLoss & { readonly labor: tf.Tensor } = kit.scope(() => {
    const tensors = batchTensors(batch, { first: 0, count: worlds, agents });
    const points = lossPoints({ ...tensors, mean, variance });
    const made = trainingLoss(kit, weights, points, configuration);
    return { ...made, labor: laborConditionOf(kit, configuration, made.today) } as never;
  });
  try {
    const now = `gradient step ${step}, today`;
    await requireFinitePeriod(kit, configuration, now, today);
    await kit.requireFinite(now, { 'the labour condition': labor }, givenOf(today));
    for (const name of ['a', 'b'] as const) {
      const { period, euler } = ahead[name];
      const next = `gradient step ${step}, the next period under draw ${name}`;
      await requireFinitePeriod(kit, configuration, next, period);
      await kit.requireFinite(next, { 'the Euler residual': euler }, givenOf(period));
    }
  } finally {
    tf.dispose({ loss, today, ahead, labor } as never);
  }
}

/** Households come before what markets make of all of them, since one of them is enough to lose its world. */
async function requireFinitePeriod(
  kit: BewleyTrainerKit,
  { preferences }: BewleyConfiguration,
  what: string,
  period: BewleyPeriod,
): Promise<void> {
  const { state, controls, market, income, money, consumption } = period;
  const { wealth, ability } = state;
  const { savingsRatio, marginalReturn, labor } = controls;
  await kit.requireFinite(what, { wealth, ability }, { wealth, ability });
  await kit.requireFinite(what, { savingsRatio, marginalReturn, labor }, { wealth, ability });
  const { wage, rate, capital, effectiveLabor } = market;
  await kit.requireFinite(what, { capital, effectiveLabor, wage, rate });
  const given = givenOf(period);
  await kit.requireFinite(what, { income, money, consumption }, given);
  // A number may be outside of the domain all the same: nothing, or less, to consume.
  const utility = kit.scope(() => kit.marginalUtility(kit, { consumption, labor }, preferences));
  try {
    await kit.requireFinite(what, { 'marginal utility': utility }, { ...given, consumption });
  } finally {
    utility.dispose();
  }
}

function givenOf({ state, controls, income }: BewleyPeriod): Readonly<Record<string, tf.Tensor>> {
  const { wealth, ability } = state;
  const { labor, savingsRatio } = controls;
  return { wealth, ability, labor, savingsRatio, income };
}

function laborConditionOf(
  kit: BewleyTrainerKit,
  configuration: BewleyConfiguration,
  { state: { ability }, controls: { labor }, market: { wage }, consumption, income }: BewleyPeriod,
): tf.Tensor {
  const terms = termsOf(configuration, configuration.network.labor);
  return kit.laborResiduals(kit, { consumption, income, labor, ability, wage }, terms).relative;
}
