import * as tf from '@tensorflow/tfjs';
import type { BewleyKit } from '../kit.ts';
import type { BewleyPeriod } from '../period.ts';
import type { BewleyTerms } from '../terms.ts';
import { CONSTRAINED_BELOW } from '../constrained.ts';

/** What is noted of every world in every period. */
export const WORLD_MOMENTS = [
  'capital',
  'effectiveLabor',
  'wage',
  'mpk',
  'rate',
  'labor',
  'ability',
  'consumption',
  'saved',
  'money',
  'savingsRatioMean',
  'shareConstrained',
  'resourceResidual',
  'resources',
  'capitalFloored',
  'laborFloored',
  'marginalReturnLargest',
] as const;

export type WorldMoment = (typeof WORLD_MOMENTS)[number];

/** The moments of a period, (B, moments) in the order of WORLD_MOMENTS: means over agents but for the accounts and h. */
export function worldMoments(kit: BewleyKit, today: BewleyPeriod, terms: BewleyTerms): tf.Tensor2D {
  const { state, controls, market, money, savings } = today;
  const accounts = kit.aggregates(kit, today, terms);
  const mean = (x: tf.Tensor): tf.Tensor => tf.mean(x, 1, true);
  const kept = tf.mul(accounts.capital, 1 - terms.technology.delta);
  const isConstrained = tf.less(controls.savingsRatio, CONSTRAINED_BELOW);
  const columns: Readonly<Record<WorldMoment, tf.Tensor>> = {
    capital: market.capital,
    effectiveLabor: market.effectiveLabor,
    wage: market.wage,
    mpk: market.mpk,
    rate: market.rate,
    labor: mean(controls.labor),
    ability: mean(state.ability),
    consumption: accounts.consumption,
    saved: mean(savings),
    money: mean(money),
    savingsRatioMean: mean(controls.savingsRatio),
    shareConstrained: mean(tf.cast(isConstrained, 'float32')),
    resourceResidual: accounts.resourceResidual,
    resources: tf.add(accounts.output, kept),
    capitalFloored: market.capitalFloored,
    laborFloored: market.laborFloored,
    marginalReturnLargest: tf.max(controls.marginalReturn, 1, true),
  };
  return tf.concat2d(
    WORLD_MOMENTS.map((name) => columns[name] as tf.Tensor2D),
    1,
  );
}
