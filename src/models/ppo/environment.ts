import type { Stream } from '../../numerics/stream.ts';

/** What an agent may do in each step. */
export type ActionSpace =
  /** One of so many actions, as its index. */
  | { readonly kind: 'discrete'; readonly count: number }
  /**
   * A vector with these bounds. Where both bounds of a number are finite a sample u of the policy is squashed between
   * them; where both are infinite it is taken as it is.
   */
  | { readonly kind: 'continuous'; readonly low: readonly number[]; readonly high: readonly number[] };

/**
 * A task for an agent. States, observations, actions and rewards are rows of single-precision numbers which others own:
 * the trainer runs many environments side by side on a few arrays, and saves a run by saving them.
 *
 * All chance comes from the stream that is handed over, and everything that later steps depend on is in the state: two
 * environments in the same state with the same stream do the same.
 */
export interface Environment {
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** Names of the numbers of an observation. */
  readonly observations: readonly string[];
  readonly actions: ActionSpace;
  /** Names of the components of the reward: its sum is what the agent is to maximise. */
  readonly rewards: readonly string[];
  /** How many numbers a state is. */
  readonly stateSize: number;
  /** Steps after which an episode is cut off, if the task has not ended before; Infinity for never. */
  readonly timeLimit: number;
  /** Begins an episode; the state is all zeros before. */
  readonly reset: (state: Float32Array, random: Stream) => void;
  /** Writes what the agent sees of a state. */
  readonly observe: (state: Float32Array, observation: Float32Array) => void;
  /**
   * Takes a step: changes the state, writes a number for each component of the reward, and answers whether the task has
   * ended (`terminated`). Running out of time is no end of the task, and none of its business.
   *
   * @param action (1): the index of a discrete action; else a number for each bound
   */
  readonly step: (
    state: Float32Array,
    action: Float32Array,
    rewards: Float32Array,
    random: Stream,
  ) => boolean;
  /**
   * Numbers of a step, by name, made of the states before and after it. A log keeps the largest of each rollout, which can
   * be held against what the task allows.
   */
  readonly extremes?: Readonly<Record<string, (before: Float32Array, after: Float32Array) => number>>;
  /** Φ of a state, for potential-based shaping (Ng, Harada and Russell 1999). */
  readonly potential?: (state: Float32Array) => number;
  /** What is best, where it is known in closed form. */
  readonly optimum?: Optimum;
}

/** The best policy of an environment, where time never runs out. */
export interface Optimum {
  /** The discount factor it is best at, which is the one that the environment was made with. */
  readonly discount: number;
  /** In words and as a formula. */
  readonly summary: string;
  /** Writes a best action in a state. */
  readonly act: (state: Float32Array, action: Float32Array) => void;
  /** Its expected discounted reward from a state on, all components together. */
  readonly value: (state: Float32Array) => number;
  /** Whether 0 is what costs nothing, so that a share of the value means something; utilities have no such zero. */
  readonly hasZero?: true;
}
