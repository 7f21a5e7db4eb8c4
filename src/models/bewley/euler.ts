import * as tf from '@tensorflow/tfjs';
import type { BewleyKit } from './kit.ts';
import type { BewleyPeriod } from './period.ts';
import type { BewleyTerms } from './terms.ts';

/** What the Euler equation takes of today. */
export interface BewleyEulerToday {
  readonly consumption: tf.Tensor;
  readonly controls: Pick<BewleyPeriod['controls'], 'labor' | 'marginalReturn'>;
  readonly market: Pick<BewleyPeriod['market'], 'rate'>;
}

/** What it takes of a next period: returns are those of wealth that was saved today. */
export interface BewleyEulerNext {
  readonly consumption: tf.Tensor;
  readonly income: tf.Tensor;
  readonly controls: Pick<BewleyPeriod['controls'], 'labor'>;
  readonly state: Pick<BewleyPeriod['state'], 'wealth'>;
  readonly market: Pick<BewleyPeriod['market'], 'rate' | 'mpk'>;
}

/**
 * Euler residual of one draw, e = h − β (c′/c)^(−θ) R′ with R′ = r′ N′(y′) + N_a′(a′): everything of the next period but
 * h and c. Its expectation over draws vanishes at a solution.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function eulerResidual(
  kit: BewleyKit,
  today: BewleyEulerToday,
  next: BewleyEulerNext,
  { preferences, taxes }: Pick<BewleyTerms, 'preferences' | 'taxes'>,
): tf.Tensor {
  const { marginalReturn, labor } = today.controls;
  const { wealth } = next.state;
  const { rate } = next.market;
  kit.requireShapes('Euler equation', {
    agents: {
      marginalReturn,
      consumption: today.consumption,
      'next consumption': next.consumption,
      'next income': next.income,
      'next wealth': wealth,
    },
    worlds: { 'next rate': rate },
  });
  const utility = kit.marginalUtility(kit, { consumption: today.consumption, labor }, preferences);
  const nextUtility = kit.marginalUtility(
    kit,
    { consumption: next.consumption, labor: next.controls.labor },
    preferences,
  );
  const brings = kit.afterTaxReturn(kit, { rate, income: next.income, wealth }, taxes);
  const growth = tf.div(nextUtility, utility);
  return tf.sub(marginalReturn, tf.mul(tf.mul(growth, preferences.beta), brings));
}

/**
 * All-in-one operator (Maliar, Maliar and Winant 2021): the product of residuals under two draws that are independent
 * given the state is an unbiased estimate of the squared expectation. It may be negative.
 */
export function allInOne(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.mul(a, b);
}
