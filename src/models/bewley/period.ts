import type * as tf from '@tensorflow/tfjs';
import type { BewleyControls, BewleyPolicy, BewleyState } from './controls.ts';
import type { BewleyKit } from './kit.ts';
import type { BewleyFactors, BewleyGuards, BewleyPrices } from './prices.ts';
import type { BewleyTerms } from './terms.ts';

/** Factors and prices of a period, (B, 1) each. */
export type BewleyMarket = BewleyFactors & BewleyPrices & BewleyGuards;

/** A period in which all agents have acted. */
export interface BewleyPeriod {
  readonly state: BewleyState;
  readonly controls: BewleyControls;
  readonly market: BewleyMarket;
  /** Taxable income y, money disposable m, wealth of the next period a′ and consumption c: (B, A) each. */
  readonly income: tf.Tensor;
  readonly money: tf.Tensor;
  readonly savings: tf.Tensor;
  readonly consumption: tf.Tensor;
}

/** What befalls agents between two periods: ability and star of the next, (B, A) each. */
export type BewleyDraw = Pick<BewleyState, 'ability' | 'star'>;

/** One next period that a draw leads to. */
export interface BewleyBranch {
  readonly period: BewleyPeriod;
  /** Euler residual under this draw, h − β u_c′/u_c R′: (B, A). */
  readonly euler: tf.Tensor;
}

/** Two next periods, from draws that are independent given the state. */
export interface BewleyLookAhead {
  readonly a: BewleyBranch;
  readonly b: BewleyBranch;
}

/**
 * One period: prices from predetermined capital and today's labour, then income, money, savings and consumption.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function period(
  kit: BewleyKit,
  state: BewleyState,
  controls: BewleyControls,
  terms: BewleyTerms,
): BewleyPeriod {
  kit.requireShapes('a period', { agents: { ...state, ...controls } });
  const { wealth, ability } = state;
  const { labor, savingsRatio } = controls;
  const { technology, taxes } = terms;
  const factors = kit.factors(state, labor);
  const prices = kit.prices(kit, factors, technology);
  const income = kit.taxableIncome(prices, { ability, labor, wealth });
  const money = kit.money(kit, { income, wealth }, taxes);
  const savings = kit.savings(money, savingsRatio);
  const consumption = kit.consumption(money, savings, taxes);
  return { state, controls, market: { ...factors, ...prices }, income, money, savings, consumption };
}

/** The next period in full under one draw: wealth is today's savings, and all agents act on it. */
function branch(
  kit: BewleyKit,
  today: BewleyPeriod,
  { ability, star }: BewleyDraw,
  policy: BewleyPolicy,
  terms: BewleyTerms,
): BewleyBranch {
  const state = { wealth: today.savings, ability, star };
  const next = kit.period(kit, state, policy(kit.policyInputs(state)), terms);
  return { period: next, euler: kit.eulerResidual(kit, today, next, terms) };
}

/** Two next periods from the same state. Draws are constants; savings carry their gradient into both. */
export function lookAhead(
  kit: BewleyKit,
  today: BewleyPeriod,
  draws: { readonly a: BewleyDraw; readonly b: BewleyDraw },
  policy: BewleyPolicy,
  terms: BewleyTerms,
): BewleyLookAhead {
  return {
    a: branch(kit, today, draws.a, policy, terms),
    b: branch(kit, today, draws.b, policy, terms),
  };
}

/**
 * The boundary that the economy goes on from: wealth as saved today, ability and star of the chosen branch. What agents
 * saved inside the branch is dropped, so that there is one saving decision a shock.
 */
export function commit(_kit: BewleyKit, today: BewleyPeriod, chosen: BewleyBranch): BewleyState {
  const { ability, star } = chosen.period.state;
  return { wealth: today.savings, ability, star };
}
