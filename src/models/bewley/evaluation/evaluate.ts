import { streamOf } from '../../../numerics/stream.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import type { BewleyPolicy } from '../controls.ts';
import type { BewleyKit } from '../kit.ts';
import type { ReferenceSolution } from '../reference/index.ts';
import { drawAgents } from '../worlds.ts';
import type { ConditionErrors } from './conditions.ts';
import { conditionErrors } from './conditions.ts';
import type { CrossSection } from './cross-section.ts';
import { firstWorlds } from './cross-section.ts';
import { agentEulerErrors, JOINT_DRAWS } from './euler-errors.ts';
import type { EulerErrorSummary } from './euler-summary.ts';
import { eulerSummary, samplingError } from './euler-summary.ts';
import type { BewleyGuardReport } from './guards.ts';
import { guardsOf } from './guards.ts';
import type { BewleyPolicyCurves } from './policy-curves.ts';
import { bewleyPolicyCurves } from './policy-curves.ts';
import type { PolicyDeviations } from './policy-deviations.ts';
import { policyDeviations } from './policy-deviations.ts';
import type { ComparedQuantity, WorldQuantity } from './quantities.ts';
import { seriesOf, worldQuantities } from './quantities.ts';
import { referenceChoices } from './reference-choices.ts';
import { simulate } from './simulate.ts';
import { deviationOf, finiteOrNull, meanOf } from './statistics.ts';
import type { WealthCurves, WealthQuantity } from './wealth-distribution.ts';
import { wealthCurves, wealthQuantities } from './wealth-distribution.ts';

/** Where an evaluation is. */
export interface BewleyEvaluationProgress {
  readonly stage: 'simulation' | 'euler-errors' | 'policies';
  readonly done: number;
  readonly total: number;
}

/** What is to be judged. */
export interface BewleyEvaluationTask {
  readonly kit: BewleyKit;
  readonly configuration: BewleyConfiguration;
  /**
   * Asked about any number of worlds of `agents` agents. It is called in a scope that disposes of what it makes; tensors
   * that it holds on to are its owner's.
   */
  readonly policy: BewleyPolicy;
  /** Solution of the same configuration. */
  readonly reference: ReferenceSolution;
  readonly seed: number | string;
  /** Default: those of the configuration, but no more than have 12,800 agents together, of whom errors are small. */
  readonly worlds?: number;
  /** Default: those of the configuration. An `ordered` network knows no other number. */
  readonly agents?: number;
  /** Default 500. */
  readonly periods?: number;
  /** The last periods, over which moments are averaged; default: the second half. */
  readonly averaged?: number;
  /** Joint draws of the next period for Euler errors; default 64. */
  readonly draws?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BewleyEvaluationProgress) => void;
}

/** How far a policy is from the reference solution: plain data, its numbers finite or null. */
export interface BewleyEvaluation {
  readonly economy: {
    readonly worlds: number;
    readonly agents: number;
    readonly periods: number;
    /** The last periods, over which moments are averaged. */
    readonly averaged: number;
    readonly seed: number | string;
  };
  readonly quantities: Readonly<Record<WorldQuantity | WealthQuantity, ComparedQuantity>>;
  /** Agents of the reference who save nothing at all; `shareConstrained` counts those who save less than 1 %. */
  readonly referenceSavesNothing: number;
  /** Standard deviations of K/L, as few agents make it move: null where there is one world or period. */
  readonly fluctuation: {
    /** Of a world over periods, averaged over worlds. */
    readonly overPeriods: number | null;
    /** Of the means of worlds. */
    readonly acrossWorlds: number | null;
    /** Of all worlds and periods. */
    readonly overall: number | null;
  };
  readonly guards: BewleyGuardReport;
  readonly wealth: WealthCurves;
  readonly euler: {
    readonly draws: number;
    /** What sampling leaves in an error, in units of consumption, measured on some of the worlds. */
    readonly samplingError: number | null;
    /** On the cross-section after the last period. */
    readonly ergodic: EulerErrorSummary;
    /** On worlds that are made as those of the simulation were, and are none of them. */
    readonly heldOut: EulerErrorSummary;
    /** log₁₀, of the reference between the points of its own grid; null where it has no risk. */
    readonly reference: {
      readonly mean: number;
      readonly percentile99: number;
      readonly maximum: number;
    } | null;
  };
  readonly conditions: ConditionErrors;
  readonly policies: {
    readonly curves: BewleyPolicyCurves;
    /** On the cross-section after the last period; null where the reference has no policies by state. */
    readonly deviations: PolicyDeviations | null;
    /** Why there is no reference for policies; null where there is one. */
    readonly withoutReference: string | null;
  };
}

/** A standard error of the mean K/L below 0.1 % at a deviation of 3 % in each of 64 worlds of 100, and twice as many. */
const MOST_AGENTS = 12_800;

/** Inequality is noted in every so many periods: wealth moves by some per cent between them. */
const WEALTH_EVERY = 10;

/** Worlds of which Euler errors are taken twice, to see what sampling leaves. */
const SAMPLED_TWICE = 4;

/**
 * Scores a policy against the reference solution of its economy: moments of a long simulation without redraws, Euler
 * errors on its last cross-section and on worlds that it has not seen, and choices by wealth and ability.
 *
 * Leaves no tensor behind. Same policy, configuration and seed: same numbers on one engine.
 *
 * @throws SubjectError `domain` where the simulation meets what is no number
 * @throws what the signal was aborted with
 */
export async function evaluateBewley(task: BewleyEvaluationTask): Promise<BewleyEvaluation> {
  const { kit, configuration, policy, reference, seed, draws = JOINT_DRAWS, signal } = task;
  const { agents = configuration.batch.agents, periods = 500, onProgress = () => undefined } = task;
  const { worlds = Math.min(configuration.batch.worlds, Math.max(1, Math.floor(MOST_AGENTS / agents))) } =
    task;
  const averaged = Math.min(periods, task.averaged ?? Math.ceil(periods / 2));
  const stream = streamOf(seed).split('evaluation');
  const judged = { kit, configuration, policy };
  const stoppable = { ...judged, ...(signal === undefined ? {} : { signal }) };
  const first = periods - averaged;
  const simulation = await simulate({
    ...stoppable,
    worlds,
    agents,
    periods,
    observed: observedPeriods(first, periods),
    stream: stream.split('simulation'),
    onPeriod: (done) => {
      onProgress({ stage: 'simulation', done, total: periods });
    },
  });
  const window = { first, end: periods, worlds };
  const quantities = {
    ...worldQuantities(simulation, window, configuration, reference),
    ...wealthQuantities(simulation.wealth, { worlds, agents }, reference),
  };
  const wealth = wealthCurves(simulation.wealth, reference);

  const ergodic = firstWorlds(simulation.last, MOST_AGENTS);
  const heldOut: CrossSection = {
    ...drawAgents(kit, configuration, ergodic.worlds * agents, stream.split('held-out')),
    worlds: ergodic.worlds,
    agents,
  };
  const twice = firstWorlds(ergodic, SAMPLED_TWICE * agents);
  let drawn = 0;
  // Events of stars and a world that is complete have draws of their own: an estimate.
  const total = 4 * draws;
  const errorsOf = {
    ...stoppable,
    draws,
    onDraw: () => {
      drawn = Math.min(total, drawn + 1);
      onProgress({ stage: 'euler-errors', done: drawn, total });
    },
  };
  const errors = stream.split('euler');
  const ergodicErrors = await agentEulerErrors(errorsOf, ergodic, errors.split('ergodic'));
  const heldOutErrors = await agentEulerErrors(errorsOf, heldOut, errors.split('held-out'));
  const [again, andAgain] = [
    await agentEulerErrors(errorsOf, twice, errors.split('first')),
    await agentEulerErrors(errorsOf, twice, errors.split('second')),
  ];
  onProgress({ stage: 'policies', done: 0, total: 1 });
  const choices =
    reference.method === 'endogenous-grid' ? referenceChoices(configuration, reference) : undefined;
  const evaluation: BewleyEvaluation = {
    economy: { worlds, agents, periods, averaged, seed },
    quantities,
    referenceSavesNothing: reference.shareConstrained,
    fluctuation: fluctuationOf(seriesOf(simulation, 'capitalLabor', window, configuration.preferences.beta)),
    guards: guardsOf(simulation),
    wealth,
    euler: {
      draws: configuration.complete ? 1 : draws,
      samplingError: finiteOrNull(samplingError(again, andAgain)),
      ergodic: eulerSummary(ergodicErrors, ergodic.wealth),
      heldOut: eulerSummary(heldOutErrors, heldOut.wealth),
      reference: reference.method === 'endogenous-grid' ? reference.euler : null,
    },
    conditions: await conditionErrors(judged, ergodic),
    policies: {
      curves: await bewleyPolicyCurves(judged, ergodic, wealth.cumulative.wealth.at(-1) ?? 1, choices),
      deviations: choices === undefined ? null : await policyDeviations(judged, ergodic, choices),
      withoutReference:
        choices === undefined
          ? 'without risk the reference is a steady state: it has no policies away from it'
          : null,
    },
  };
  onProgress({ stage: 'policies', done: 1, total: 1 });
  return evaluation;
}

/** Every so many of the averaged periods, the last one among them. */
function observedPeriods(first: number, end: number): readonly number[] {
  const count = Math.ceil((end - first) / WEALTH_EVERY);
  return Array.from({ length: count }, (_, index) => end - 1 - WEALTH_EVERY * index).reverse();
}

function fluctuationOf(series: readonly Float64Array[]): BewleyEvaluation['fluctuation'] {
  return {
    overPeriods: finiteOrNull(meanOf(series.map(deviationOf))),
    acrossWorlds: finiteOrNull(deviationOf(series.map(meanOf))),
    overall: finiteOrNull(deviationOf(series.flatMap((values) => Array.from(values)))),
  };
}
