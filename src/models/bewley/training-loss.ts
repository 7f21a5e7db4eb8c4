import type * as tf from '@tensorflow/tfjs';
import type { BatchMoments } from '../../nn/normaliser-statistics.ts';
import type { BewleyConfiguration } from './configuration.ts';
import type { BewleyState } from './controls.ts';
import type { BewleyLoss } from './loss.ts';
import type { BewleyDraw, BewleyLookAhead, BewleyPeriod } from './period.ts';
import { termsOf } from './terms.ts';
import type { BewleyTrainerKit } from './trainer-kit.ts';

/** Where a loss is taken: a state, two draws of what comes after it, and statistics of the normaliser. */
export interface BewleyLossPoints {
  readonly state: BewleyState;
  readonly a: BewleyDraw;
  readonly b: BewleyDraw;
  readonly statistics: BatchMoments;
}

/** A loss, and the periods that it was taken from. */
export interface BewleyTrainingLoss {
  readonly loss: BewleyLoss;
  readonly today: BewleyPeriod;
  readonly ahead: BewleyLookAhead;
}

/**
 * The training loss of the policy with these weights (P): all agents act today, and in the two economies that the draws
 * lead to. States, draws and statistics carry no gradient; savings carry theirs into both economies.
 *
 * The labour condition is taken at given consumption: hours are what it decides. If it could move consumption, then in the
 * first steps, when hours fit nobody yet, it would push consumption down until they do; agents would save nearly all,
 * and the Euler equation holds on the way to ever more capital as well as at the solution.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function trainingLoss(
  kit: BewleyTrainerKit,
  weights: tf.Tensor1D,
  points: BewleyLossPoints,
  configuration: BewleyConfiguration,
): BewleyTrainingLoss {
  const state = constants(kit, points.state);
  const draws = { a: constants(kit, points.a), b: constants(kit, points.b) };
  const policy = kit.policy(kit, { weights, statistics: constants(kit, points.statistics) }, configuration);
  const terms = termsOf(configuration, configuration.network.labor);
  const today = kit.period(kit, state, policy(kit.policyInputs(state)), terms);
  const ahead = kit.lookAhead(kit, today, draws, policy, terms);
  const { consumption, income, controls, market } = today;
  const point = {
    consumption: kit.constant(consumption),
    income,
    labor: controls.labor,
    ability: state.ability,
    wage: market.wage,
  };
  const residuals = {
    complementarity: kit.complementarity(kit, controls),
    eulerA: ahead.a.euler,
    eulerB: ahead.b.euler,
    labor: kit.laborResiduals(kit, point, terms).relative,
  };
  return { loss: kit.loss(kit, residuals, state.wealth, configuration.loss), today, ahead };
}

function constants<T extends object>(kit: BewleyTrainerKit, given: T): T {
  const entries = Object.entries(given).map(([name, x]: [string, tf.Tensor]) => [name, kit.constant(x)]);
  return Object.fromEntries(entries) as T;
}
