import { columnMoments } from '../../../numerics/running-moments.ts';
import type { PlayedEpisode } from './play.ts';

/** A mean over episodes, and how well it is known. */
export interface EpisodeMean {
  readonly mean: number;
  /** Between episodes. */
  readonly deviation: number;
  readonly standardError: number;
  /** Mean ± 1.96 standard errors: 95 % by the normal law. */
  readonly interval: readonly [low: number, high: number];
}

/** What a policy earned. */
export interface PlayedSummary {
  readonly return: EpisodeMean;
  readonly discountedReturn: EpisodeMean;
  readonly length: EpisodeMean;
  /** Share of episodes in which the task ended; the others ran out of time. */
  readonly terminated: number;
  /** Mean sum of each component of the reward. */
  readonly components: Readonly<Record<string, number>>;
}

/** 97.5th percentile of the standard normal distribution. */
const NORMAL_975 = 1.959964;

export function meanOf(numbers: readonly number[]): EpisodeMean {
  const { mean, variance } = columnMoments(numbers);
  const deviation = Math.sqrt((variance * numbers.length) / (numbers.length - 1));
  const standardError = deviation / Math.sqrt(numbers.length);
  const margin = NORMAL_975 * standardError;
  return { mean, deviation, standardError, interval: [mean - margin, mean + margin] };
}

export function summaryOf(episodes: readonly PlayedEpisode[], components: readonly string[]): PlayedSummary {
  const mean = (of: (episode: PlayedEpisode) => number): EpisodeMean => meanOf(episodes.map(of));
  return {
    return: mean(({ rewards }) => rewards.reduce((sum, reward) => sum + reward, 0)),
    discountedReturn: mean(({ discounted }) => discounted),
    length: mean(({ steps }) => steps),
    terminated: mean(({ terminated }) => Number(terminated)).mean,
    components: Object.fromEntries(
      components.map((name, index) => [name, mean(({ rewards }) => rewards[index] ?? Number.NaN).mean]),
    ),
  };
}
