import * as tf from '@tensorflow/tfjs';
import { atMost, choose } from './domain.ts';
import type { BewleyBundle } from './household.ts';
import type { BewleyKit } from './kit.ts';
import type { BewleyTerms } from './terms.ts';

/** Where the labour condition is asked: (B, A) each, but the wage (B, 1). */
export interface BewleyLaborPoint extends BewleyBundle {
  readonly ability: tf.Tensor;
  readonly income: tf.Tensor;
  readonly wage: tf.Tensor;
}

/** By how much the labour condition is missed, (B, A). */
export interface BewleyLaborResiduals {
  /** n^γ − c^(−θ)/(1+τ_c) · w e N′(y): negative where working more would pay. */
  readonly absolute: tf.Tensor;
  /** n/n* − 1, n* the labour that consumption and income at this point would call for. */
  readonly relative: tf.Tensor;
}

/** What an hour more buys of consumption: w e N′(y)/(1 + τ_c). */
export function laborValue(
  kit: BewleyKit,
  { wage, ability, income }: Pick<BewleyLaborPoint, 'wage' | 'ability' | 'income'>,
  { taxes }: Pick<BewleyTerms, 'taxes'>,
): tf.Tensor {
  const kept = tf.mul(tf.mul(wage, ability), kit.marginalRetention(kit, taxes.income, income));
  return tf.div(kept, 1 + taxes.consumption);
}

/**
 * Residuals of −u_n = u_c · w e N′(y)/(1 + τ_c). Where labour would go beyond its upper bound n̄ the bound stands in for
 * n*, so that both residuals vanish at the corner, where the left side is the smaller one, and nowhere below it.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function laborResiduals(
  kit: BewleyKit,
  point: BewleyLaborPoint,
  terms: BewleyTerms,
): BewleyLaborResiduals {
  const { consumption, labor, ability, income, wage } = point;
  kit.requireShapes('labour condition', {
    agents: { consumption, labor, ability, income },
    worlds: { wage },
  });
  const { preferences } = terms;
  const value = kit.laborValue(kit, point, terms);
  const utility = kit.marginalUtility(kit, point, preferences);
  const bound = tf.fill(labor.shape, terms.labor.maximum);
  const atBound = kit.marginalDisutility(kit, { consumption, labor: bound }, preferences);
  const chosen = kit.laborAt(kit, value, point, preferences);
  const worth = choose([tf.greater, chosen, bound], atBound, tf.mul(utility, value));
  return {
    absolute: tf.sub(kit.marginalDisutility(kit, point, preferences), worth),
    relative: tf.sub(tf.div(labor, atMost(chosen, bound)), 1),
  };
}
