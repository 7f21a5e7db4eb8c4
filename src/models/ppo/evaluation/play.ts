import type { Stream } from '../../../numerics/stream.ts';
import type { Environment } from '../environment.ts';

/**
 * Chooses actions (n, a) for environments in these states: rows of `states` (n, S) and of `observations` (n, O). Those whose
 * episode has ended are asked with the others, and not listened to.
 */
export type Player = (
  states: Float32Array,
  observations: Float32Array,
  isRunning: readonly boolean[],
) => Promise<Float32Array>;

/** An episode as it was played. */
export interface PlayedEpisode {
  /** Sum of each component of the reward, (C). */
  readonly rewards: readonly number[];
  /** Σ γᵗ r of all components. */
  readonly discounted: number;
  /** γᵀ times the tail where the task had not ended; 0 where it had. */
  readonly toCome: number;
  readonly steps: number;
  readonly terminated: boolean;
}

/**
 * Plays an episode in each of n environments, side by side. Environment i begins alike, and is met by the same chance,
 * whoever plays: players are compared on equal terms.
 */
export async function playEpisodes(
  environment: Environment,
  player: Player,
  { count, discount, random, tail = () => 0 }: PlayOptions,
): Promise<readonly PlayedEpisode[]> {
  const { stateSize, observations: seen, rewards: components } = environment;
  const states = new Float32Array(count * stateSize);
  const observations = new Float32Array(count * seen.length);
  const chances = Array.from({ length: count }, (_, index) => random.split(index));
  const episodes = chances.map(() => ({
    rewards: components.map(() => 0),
    discounted: 0,
    steps: 0,
    terminated: false,
    isRunning: true,
  }));
  const stateOf = (index: number): Float32Array =>
    states.subarray(index * stateSize, (index + 1) * stateSize);
  for (const [index, chance] of chances.entries()) environment.reset(stateOf(index), chance);
  const rewards = new Float32Array(components.length);
  const limit = Math.min(environment.timeLimit, LONGEST_EPISODE);
  for (let step = 0; step < limit && episodes.some(({ isRunning }) => isRunning); step += 1) {
    for (let index = 0; index < count; index += 1)
      environment.observe(
        stateOf(index),
        observations.subarray(index * seen.length, (index + 1) * seen.length),
      );
    const actions = await player(
      states,
      observations,
      episodes.map(({ isRunning }) => isRunning),
    );
    const width = actions.length / count;
    for (const [index, episode] of episodes.entries()) {
      const chance = chances[index];
      if (!episode.isRunning || chance === undefined) continue;
      const action = actions.subarray(index * width, (index + 1) * width);
      episode.terminated = environment.step(stateOf(index), action, rewards, chance);
      episode.isRunning = !episode.terminated;
      episode.steps = step + 1;
      for (const [component, reward] of rewards.entries()) {
        episode.rewards[component] = (episode.rewards[component] ?? 0) + reward;
        episode.discounted += discount ** step * reward;
      }
    }
  }
  return episodes.map(({ rewards: sums, discounted, steps, terminated }, index) => {
    const toCome = terminated ? 0 : discount ** steps * tail(stateOf(index));
    return { rewards: sums, discounted, toCome, steps, terminated };
  });
}

/** How episodes are played. */
export interface PlayOptions {
  readonly count: number;
  readonly discount: number;
  readonly random: Stream;
  /** What is still to come in a state in which time ran out; nothing unless given. */
  readonly tail?: (state: Float32Array) => number;
}

/** Of a task that never ends by itself. */
const LONGEST_EPISODE = 10_000;
