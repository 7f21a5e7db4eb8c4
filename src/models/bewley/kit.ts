import type * as tf from '@tensorflow/tfjs';
import { constant } from '../../nn/constant.ts';
import type { BewleyAbilityKit } from './ability-kit.ts';
import { bewleyAbilityKit } from './ability-kit.ts';
import type { BewleyAggregates } from './aggregates.ts';
import { aggregates } from './aggregates.ts';
import { complementarity, fischerBurmeister } from './complementarity.ts';
import type { BewleyPreferences, BewleyTaxes, BewleyTechnology } from './configuration.ts';
import type { BewleyControls, BewleyPolicy, BewleyPolicyInputs, BewleyState } from './controls.ts';
import { controls, policyInputs } from './controls.ts';
import type { Domain } from './domain.ts';
import { onDomain, requireFinite } from './domain.ts';
import type { BewleyEulerNext, BewleyEulerToday } from './euler.ts';
import { allInOne, eulerResidual } from './euler.ts';
import type { BewleyBundle } from './household.ts';
import {
  afterTaxReturn,
  consumption,
  laborAt,
  marginalDisutility,
  marginalUtility,
  money,
  savings,
  taxableIncome,
} from './household.ts';
import type { BewleyLaborPoint, BewleyLaborResiduals } from './labor-condition.ts';
import { laborResiduals, laborValue } from './labor-condition.ts';
import type { BewleyLoss, BewleyLossSettings, BewleyResiduals } from './loss.ts';
import { loss, wealthWeights } from './loss.ts';
import type { BewleyBranch, BewleyDraw, BewleyLookAhead, BewleyPeriod } from './period.ts';
import { commit, lookAhead, period } from './period.ts';
import type { BewleyFactors, BewleyGuards, BewleyPrices } from './prices.ts';
import { factors, output, prices } from './prices.ts';
import type { BewleyShapes } from './shapes.ts';
import { requireShapes } from './shapes.ts';
import type { TaxSchedule } from './taxes.ts';
import { afterTax, marginalRetention } from './taxes.ts';
import type { BewleyLaborBounds, BewleyTerms } from './terms.ts';

/**
 * The pure functions of which the Bewley model is made: its economics, tensors in, tensors out, nothing kept; and its
 * exogenous side, on plain arrays. B worlds of A agents; what agents have is (B, A), what worlds have is (B, 1).
 *
 * A function that uses others takes the kit as its first argument and calls them through it, so that replacing one
 * function of a kit changes everything that uses it: another utility is `marginalUtility`, `marginalDisutility` and
 * `laborAt`; another tax is `afterTax` and `marginalRetention`.
 */
export interface BewleyKit extends BewleyAbilityKit {
  // Guards.
  readonly requireShapes: (what: string, shapes: BewleyShapes) => void;
  readonly onDomain: (x: tf.Tensor, domain: Domain, f: (x: tf.Tensor) => tf.Tensor) => tf.Tensor;
  readonly requireFinite: (
    what: string,
    results: Readonly<Record<string, tf.Tensor>>,
    given?: Readonly<Record<string, tf.Tensor>>,
  ) => Promise<void>;
  readonly constant: <T extends tf.Tensor>(x: T) => T;

  // The government and the firm.
  readonly afterTax: (kit: BewleyKit, schedule: TaxSchedule, x: tf.Tensor) => tf.Tensor;
  readonly marginalRetention: (kit: BewleyKit, schedule: TaxSchedule, x: tf.Tensor) => tf.Tensor;
  readonly factors: (state: Pick<BewleyState, 'wealth' | 'ability'>, labor: tf.Tensor) => BewleyFactors;
  readonly output: (factors: BewleyFactors, technology: BewleyTechnology) => tf.Tensor;
  readonly prices: (
    kit: BewleyKit,
    factors: BewleyFactors,
    technology: BewleyTechnology,
  ) => BewleyPrices & BewleyGuards;

  // The household.
  readonly taxableIncome: (
    prices: Pick<BewleyPrices, 'wage' | 'rate'>,
    household: { readonly ability: tf.Tensor; readonly labor: tf.Tensor; readonly wealth: tf.Tensor },
  ) => tf.Tensor;
  readonly money: (
    kit: BewleyKit,
    household: { readonly income: tf.Tensor; readonly wealth: tf.Tensor },
    taxes: BewleyTaxes,
  ) => tf.Tensor;
  readonly savings: (money: tf.Tensor, ratio: tf.Tensor) => tf.Tensor;
  readonly consumption: (money: tf.Tensor, savings: tf.Tensor, taxes: BewleyTaxes) => tf.Tensor;
  readonly afterTaxReturn: (
    kit: BewleyKit,
    next: { readonly rate: tf.Tensor; readonly income: tf.Tensor; readonly wealth: tf.Tensor },
    taxes: BewleyTaxes,
  ) => tf.Tensor;
  readonly marginalUtility: (
    kit: BewleyKit,
    bundle: BewleyBundle,
    preferences: BewleyPreferences,
  ) => tf.Tensor;
  readonly marginalDisutility: (
    kit: BewleyKit,
    bundle: BewleyBundle,
    preferences: BewleyPreferences,
  ) => tf.Tensor;
  readonly laborAt: (
    kit: BewleyKit,
    value: tf.Tensor,
    bundle: BewleyBundle,
    preferences: BewleyPreferences,
  ) => tf.Tensor;

  // Equilibrium conditions.
  readonly laborValue: (
    kit: BewleyKit,
    point: Pick<BewleyLaborPoint, 'wage' | 'ability' | 'income'>,
    terms: Pick<BewleyTerms, 'taxes'>,
  ) => tf.Tensor;
  readonly laborResiduals: (
    kit: BewleyKit,
    point: BewleyLaborPoint,
    terms: BewleyTerms,
  ) => BewleyLaborResiduals;
  readonly eulerResidual: (
    kit: BewleyKit,
    today: BewleyEulerToday,
    next: BewleyEulerNext,
    terms: Pick<BewleyTerms, 'preferences' | 'taxes'>,
  ) => tf.Tensor;
  readonly fischerBurmeister: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor;
  readonly complementarity: (
    kit: BewleyKit,
    controls: Pick<BewleyControls, 'savingsRatio' | 'marginalReturn'>,
  ) => tf.Tensor;
  readonly allInOne: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
  readonly wealthWeights: (wealth: tf.Tensor) => tf.Tensor;
  readonly loss: (
    kit: BewleyKit,
    residuals: BewleyResiduals,
    wealth: tf.Tensor,
    settings: BewleyLossSettings,
  ) => BewleyLoss;

  // Periods.
  readonly policyInputs: (state: BewleyState) => BewleyPolicyInputs;
  readonly controls: (raw: tf.Tensor3D, bounds: BewleyLaborBounds) => BewleyControls;
  readonly period: (
    kit: BewleyKit,
    state: BewleyState,
    controls: BewleyControls,
    terms: BewleyTerms,
  ) => BewleyPeriod;
  readonly lookAhead: (
    kit: BewleyKit,
    today: BewleyPeriod,
    draws: { readonly a: BewleyDraw; readonly b: BewleyDraw },
    policy: BewleyPolicy,
    terms: BewleyTerms,
  ) => BewleyLookAhead;
  readonly commit: (kit: BewleyKit, today: BewleyPeriod, chosen: BewleyBranch) => BewleyState;
  readonly aggregates: (kit: BewleyKit, period: BewleyPeriod, terms: BewleyTerms) => BewleyAggregates;
}

/** The model as it is meant; what faults deviate from. */
export const bewleyKit: BewleyKit = {
  ...bewleyAbilityKit,
  requireShapes,
  onDomain,
  requireFinite,
  constant,
  afterTax,
  marginalRetention,
  factors,
  output,
  prices,
  taxableIncome,
  money,
  savings,
  consumption,
  afterTaxReturn,
  marginalUtility,
  marginalDisutility,
  laborAt,
  laborValue,
  laborResiduals,
  eulerResidual,
  fischerBurmeister,
  complementarity,
  allInOne,
  wealthWeights,
  loss,
  policyInputs,
  controls,
  period,
  lookAhead,
  commit,
  aggregates,
};
