/** A step as an episode sees it. */
export interface EpisodeEnd {
  /** The task has ended. */
  readonly ended: boolean;
  /** Steps of the episode, this one included. */
  readonly elapsed: number;
  readonly timeLimit: number;
}

/**
 * The two ways in which an episode ends, which are never one: the task ended, and nothing comes after; or time ran out, and
 * what would have come is still worth something.
 */
export function endOfStep({ ended, elapsed, timeLimit }: EpisodeEnd): {
  readonly terminated: boolean;
  readonly truncated: boolean;
} {
  return { terminated: ended, truncated: !ended && elapsed >= timeLimit };
}
