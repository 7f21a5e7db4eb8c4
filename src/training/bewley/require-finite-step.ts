import type * as tf from '@tensorflow/tfjs';
import type { BewleyTrainerKit } from '../../models/bewley/index.ts';
import { notFinite } from '../non-finite.ts';
import type { BewleyStepTensors } from './step.ts';

/**
 * Ends a run whose loss or gradient is no number, saying which household left the domain where one did.
 *
 * @throws SubjectError `domain`, `non-finite-loss`, `non-finite-gradient`
 */
export async function requireFiniteStep(
  kit: BewleyTrainerKit,
  step: number,
  made: BewleyStepTensors,
): Promise<void> {
  const [total, norm] = await Promise.all([read(made.total), read(made.gradientNorm)]);
  if (Number.isFinite(total) && Number.isFinite(norm)) return;
  const { wage, rate, capital, effectiveLabor } = made;
  const { savings, consumption, money, labor, savingsRatio, marginalReturn } = made;
  const what = `gradient step ${step}`;
  await kit.requireFinite(what, { capital, effectiveLabor, wage, rate });
  await kit.requireFinite(
    what,
    { savingsRatio, labor, marginalReturn, money, savings, consumption },
    { money, labor },
  );
  const parts = await Promise.all([read(made.complementarity), read(made.euler), read(made.laborCondition)]);
  const given = `loss ${total} (complementarity ${parts[0]}, Euler ${parts[1]}, labour ${parts[2]}), gradient norm ${norm}`;
  throw notFinite(Number.isFinite(total) ? 'gradient' : 'loss', step, given);
}

async function read(scalar: tf.Scalar): Promise<number> {
  const [value = Number.NaN] = await scalar.data();
  return value;
}
