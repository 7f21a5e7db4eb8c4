/**
 * Keys that count steps, the first that a log has is taken: gradient or logging steps before environment steps, those
 * before iterations, epochs last, since rows of one epoch share it. Sources: Lightning, CleanRL, Weights & Biases,
 * Stable-Baselines3, RLlib, Spinning Up, Transformers, Keras.
 */
const STEP_KEYS = [
  'step',
  '_step',
  'global_step',
  'trainer/global_step',
  'gradient_step',
  'steps',
  'time/total_timesteps',
  'total_timesteps',
  'timesteps_total',
  'num_env_steps_sampled_lifetime',
  'num_env_steps_sampled',
  'timesteps',
  'timestep',
  'env_steps',
  'total_env_interacts',
  'frames',
  'iteration',
  'training_iteration',
  'iter',
  'iterations',
  'update',
  'updates',
  'n_updates',
  'batch',
  'episode',
  'episodes',
  'epoch',
  'epochs',
  't',
] as const;

/** Keys of the epoch, within which some count their steps from 0. */
const EPOCH_KEYS = ['epoch', 'epochs'];

/** Keys of the time at which a row was written. */
const TIME_KEYS = ['_timestamp', 'wall_time', 'timestamp', 'time'];

/** `Global Step`, `globalStep` and `global-step` are `global_step`. */
export function normalisedKey(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** Which keys of a log say when its rows were written; undefined where none does. */
export interface RowKeys {
  readonly step: string | undefined;
  /** Of the epoch, where steps are counted by another key. */
  readonly epoch: string | undefined;
  readonly time: string | undefined;
}

/** Chooses, of the keys of a log, those that say when its rows were written; `step` in place of the choice, if given. */
export function rowKeysOf(keys: readonly string[], step?: string): RowKeys {
  const [counted, epoch] = [step ?? stepKeyOf(keys), firstOf(EPOCH_KEYS, keys)];
  return { step: counted, epoch: epoch === counted ? undefined : epoch, time: firstOf(TIME_KEYS, keys) };
}

/** The key that by its name counts steps. */
export function stepKeyOf(keys: readonly string[]): string | undefined {
  return firstOf(STEP_KEYS, keys);
}

function firstOf(names: readonly string[], keys: readonly string[]): string | undefined {
  const byName = new Map(keys.map((key) => [normalisedKey(key), key]));
  return names.map((name) => byName.get(name)).find((key) => key !== undefined);
}

/** The years 2001 to 2096: a number of seconds or milliseconds in them is a time, and no duration or counter. */
const [EARLIEST, LATEST] = [1e9, 4e9];

/** Seconds since the epoch, from seconds or milliseconds; undefined where a number is no time. */
export function wallTimeOf(value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (value >= EARLIEST && value < LATEST) return value;
  return value >= EARLIEST * 1000 && value < LATEST * 1000 ? value / 1000 : undefined;
}
