import * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../../../errors.ts';
import type { Stream } from '../../../numerics/stream.ts';
import type { BewleyExogenous } from '../ability-process.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import type { BewleyPolicy } from '../controls.ts';
import type { BewleyKit } from '../kit.ts';
import type { BewleyBranch, BewleyPeriod } from '../period.ts';
import type { BewleyTerms } from '../terms.ts';
import { termsOf } from '../terms.ts';
import { drawAgents } from '../worlds.ts';
import type { CrossSection } from './cross-section.ts';
import { stateTensors } from './cross-section.ts';
import type { WorldMoment } from './world-moments.ts';
import { WORLD_MOMENTS, worldMoments } from './world-moments.ts';

/** An economy that is to be lived through. */
export interface SimulationTask {
  readonly kit: BewleyKit;
  readonly configuration: BewleyConfiguration;
  /** Called in a scope that disposes of what it makes. */
  readonly policy: BewleyPolicy;
  readonly worlds: number;
  readonly agents: number;
  readonly periods: number;
  /** Periods at the start of which wealth is kept, ascending. */
  readonly observed: readonly number[];
  readonly stream: Stream;
  readonly signal?: AbortSignal;
  readonly onPeriod?: (period: number) => void;
}

/** What was lived through. */
export interface Simulation {
  /** Moment by moment, the value of world b in period t at [t · worlds + b]. */
  readonly moments: Readonly<Record<WorldMoment, Float32Array>>;
  /** Wealth of all agents (B·A) in the periods that were observed. */
  readonly wealth: readonly Float32Array[];
  /** At the start of the period after the last. */
  readonly last: CrossSection;
}

/**
 * Lives through an economy from its configured start, without redraws: one saving decision a shock. All agents act on
 * today's state, what they saved and the next shocks are committed, and nobody looks ahead.
 *
 * @throws SubjectError `domain` where a moment is no number
 * @throws what the signal was aborted with
 */
export async function simulate(task: SimulationTask): Promise<Simulation> {
  const { kit, configuration, worlds, agents, periods, stream, signal, onPeriod = () => undefined } = task;
  const terms = termsOf(configuration, configuration.network.labor);
  const moments = Object.fromEntries(
    WORLD_MOMENTS.map((name) => [name, new Float32Array(periods * worlds)]),
  ) as Record<WorldMoment, Float32Array>;
  const wealth: Float32Array[] = [];
  let section: CrossSection = {
    ...drawAgents(kit, configuration, worlds * agents, stream.split('initial')),
    worlds,
    agents,
  };
  for (let period = 0; period < periods; period += 1) {
    signal?.throwIfAborted();
    if (task.observed.includes(period)) wealth.push(section.wealth);
    const exogenous = kit.nextExogenous(kit, configuration, section.exogenous, stream.split(period));
    const { committed, noted } = await onePeriod(task, terms, section, exogenous);
    requireNumbers(noted, period);
    WORLD_MOMENTS.forEach((name, column) => {
      for (let world = 0; world < worlds; world += 1)
        moments[name][period * worlds + world] = noted[world * WORLD_MOMENTS.length + column] ?? Number.NaN;
    });
    section = { wealth: committed, exogenous, worlds, agents };
    onPeriod(period + 1);
  }
  return { moments, wealth, last: section };
}

async function onePeriod(
  { kit, policy }: SimulationTask,
  terms: BewleyTerms,
  section: CrossSection,
  exogenous: BewleyExogenous,
): Promise<{ readonly committed: Float32Array; readonly noted: Float32Array }> {
  const [wealth, noted] = tf.tidy(() => {
    const state = stateTensors(section);
    const today = kit.period(kit, state, policy(kit.policyInputs(state)), terms);
    const next = kit.commit(kit, today, boundary(today, stateTensors({ ...section, exogenous })));
    return [next.wealth, worldMoments(kit, today, terms)];
  });
  try {
    const values = await Promise.all([wealth.data<'float32'>(), noted.data<'float32'>()]);
    return { committed: Float32Array.from(values[0]), noted: values[1] };
  } finally {
    tf.dispose([wealth, noted]);
  }
}

/** The next period before anyone acts in it: wealth is what was saved, and nothing but its boundary is there. */
function boundary(today: BewleyPeriod, { ability, star }: BewleyPeriod['state']): BewleyBranch {
  const state = { wealth: today.savings, ability, star };
  return { period: { ...today, state }, euler: tf.zerosLike(today.savings) };
}

function requireNumbers(noted: Float32Array, period: number): void {
  const broken = noted.findIndex((value) => !Number.isFinite(value));
  if (broken < 0) return;
  const world = Math.floor(broken / WORLD_MOMENTS.length);
  throw new SubjectError({
    code: 'domain',
    what: `the simulation of the policy, period ${period}: ${WORLD_MOMENTS[broken % WORLD_MOMENTS.length] ?? '?'} of world ${world} is ${String(noted[broken])}`,
    expected: 'finite numbers: consumption above 0, income not below 0 under a progressive tax',
    todo: 'the policy leaves the domain of the household; see the guards of its training log',
  });
}
