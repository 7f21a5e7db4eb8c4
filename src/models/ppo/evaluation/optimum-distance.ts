import type { Stream } from '../../../numerics/stream.ts';
import type { Environment, Optimum } from '../environment.ts';
import type { Player } from './play.ts';
import { playEpisodes } from './play.ts';
import type { PlayedSummary } from './summary.ts';
import { summaryOf } from './summary.ts';

/** How far an agent is from the best one. */
export interface OptimumDistance {
  /** What is best, in words. */
  readonly summary: string;
  /** What the best policy earned from the same beginnings. */
  readonly best: PlayedSummary;
  /**
   * What the agent's mean discounted return lacks, both having met the same chance. Where an episode was cut off the value of
   * the best policy is counted for what would have come. Chance can be kinder to the agent: it is then negative.
   */
  readonly discountedReturnGap: number;
  /** As a share of the best one's, where rewards have a zero. */
  readonly discountedReturnGapShare?: number;
  /** In states that the agent visits. */
  readonly action: {
    /** Of continuous actions: mean and largest |a − a*|. */
    readonly meanError?: number;
    readonly largestError?: number;
    /** Of discrete ones: share of states in which another action is taken. */
    readonly shareOther?: number;
  };
  /** |V − V*| of the critic, mean over the states that the agent visits, and the mean |V*|. Absent with shaping and scaled rewards. */
  readonly value?: { readonly meanError: number; readonly meanSize: number };
  /** Some visited states: the first number of the action taken and of the best one. */
  readonly visited: readonly {
    readonly observation: readonly number[];
    readonly taken: number;
    readonly best: number;
  }[];
}

interface DistanceInput {
  readonly environment: Environment;
  readonly greedy: Player;
  /** All heads, (n, C). */
  readonly valuesAt: (observations: Float32Array) => Promise<Float64Array>;
  readonly heads: number;
  /** Whether the heads together predict what the task pays. */
  readonly hasValue: boolean;
  readonly count: number;
  readonly discount: number;
  readonly random: Stream;
}

/** Visited states that are kept for a figure. */
const KEPT = 500;

/** Undefined where what is best is not known. */
export async function distanceFrom(input: DistanceInput): Promise<OptimumDistance | undefined> {
  const { environment, greedy, count, hasValue } = input;
  const { optimum } = environment;
  if (optimum === undefined) return undefined;
  const bestPlayer: Player = (states) => Promise.resolve(bestActions(environment, optimum, states, count));
  const errors: number[] = [];
  const valueErrors: number[] = [];
  const valueSizes: number[] = [];
  const visited: OptimumDistance['visited'][number][] = [];
  const watched: Player = async (states, observations, isRunning) => {
    const taken = await greedy(states, observations, isRunning);
    const width = taken.length / count;
    const best = bestActions(environment, optimum, states, count);
    for (const [index, action] of taken.entries())
      if (isRunning[Math.floor(index / width)] === true)
        errors.push(Math.abs(action - (best[index] ?? Number.NaN)));
    if (hasValue) {
      const values = await input.valuesAt(observations);
      for (let index = 0; index < count; index += 1) {
        if (isRunning[index] !== true) continue;
        const state = states.subarray(index * environment.stateSize, (index + 1) * environment.stateSize);
        const known = optimum.value(state);
        const heads = values.subarray(index * input.heads, (index + 1) * input.heads);
        valueErrors.push(Math.abs(heads.reduce((sum, value) => sum + value, 0) - known));
        valueSizes.push(Math.abs(known));
      }
    }
    if (visited.length < KEPT && isRunning.every(Boolean))
      visited.push(...firstOf(environment, observations, taken, best, count));
    return taken;
  };
  const infinite = { ...input, tail: (state: Float32Array) => optimum.value(state) };
  const played = await playEpisodes(environment, watched, infinite);
  const best = await playEpisodes(environment, bestPlayer, infinite);
  const [reached, possible] = [played, best].map((episodes) =>
    mean(episodes.map(({ discounted, toCome }) => discounted + toCome)),
  ) as [number, number];
  return {
    summary: optimum.summary,
    best: summaryOf(best, environment.rewards),
    discountedReturnGap: possible - reached,
    ...(optimum.hasZero !== true
      ? {}
      : { discountedReturnGapShare: (possible - reached) / Math.abs(possible) }),
    action:
      environment.actions.kind === 'discrete'
        ? { shareOther: mean(errors.map((error) => Number(error > 0))) }
        : { meanError: mean(errors), largestError: errors.reduce((most, error) => Math.max(most, error), 0) },
    ...(hasValue ? { value: { meanError: mean(valueErrors), meanSize: mean(valueSizes) } } : {}),
    visited: visited.slice(0, KEPT),
  };
}

function bestActions(
  { stateSize, actions }: Environment,
  optimum: Optimum,
  states: Float32Array,
  count: number,
): Float32Array {
  const width = actions.kind === 'discrete' ? 1 : actions.low.length;
  const best = new Float32Array(count * width);
  for (let index = 0; index < count; index += 1) {
    const state = states.subarray(index * stateSize, (index + 1) * stateSize);
    optimum.act(state, best.subarray(index * width, (index + 1) * width));
  }
  return best;
}

function firstOf(
  { observations: names }: Environment,
  observations: Float32Array,
  taken: Float32Array,
  best: Float32Array,
  count: number,
): OptimumDistance['visited'] {
  const width = taken.length / count;
  return Array.from({ length: Math.min(count, 20) }, (_, index) => ({
    observation: [...observations.subarray(index * names.length, (index + 1) * names.length)],
    taken: taken[index * width] ?? Number.NaN,
    best: best[index * width] ?? Number.NaN,
  }));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}
