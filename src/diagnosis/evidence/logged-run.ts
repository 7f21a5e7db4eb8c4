import type { Problem, Resume, RunHead } from '../../runs/index.ts';
import type { Series } from './series.ts';

/** What the log of one run holds, as checks look at it. */
export interface LoggedRun {
  readonly head: RunHead;
  readonly rows: number;
  /** By canonical name; of several names in the log that mean one metric, the one with most values. */
  readonly series: ReadonlyMap<string, Series>;
  /** Metrics whose names mean nothing here. */
  readonly unnamed: readonly Series[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly resumes: readonly Resume[];
  readonly problems: readonly Problem[];
  readonly firstStep: number;
  readonly lastStep: number;
  /** Runs that stand behind this one in the same log: its steps begin again so often. */
  readonly runsBehind: number;
}

/** Series whose canonical name fits: the one of that name, or, for `value-loss/*`, those of all parts. */
export function seriesNamed({ series }: LoggedRun, pattern: string): readonly Series[] {
  if (!pattern.endsWith('/*')) return [series.get(pattern) ?? []].flat();
  return [...series.values()].filter(({ name }) => name.startsWith(pattern.slice(0, -1)));
}

/** The value of a dotted key of the configuration, written nested or flat; undefined where the log does not tell. */
export function setting({ config }: LoggedRun, key: string): unknown {
  if (key in config) return config[key];
  let value: unknown = config;
  for (const part of key.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}

/** Steps at which a run was taken up again: those to which its log goes back, and those that its directory tells. */
export function resumesOf(run: LoggedRun): readonly number[] {
  const told = setting(run, 'resumedAt');
  const ofDirectory = Array.isArray(told)
    ? told.filter((step): step is number => typeof step === 'number')
    : [];
  return [...new Set([...run.resumes.map(({ to }) => to), ...ofDirectory])];
}

/** The first of some keys of the configuration that holds a number, or a number as text. */
export function numberSetting(run: LoggedRun, ...keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = setting(run, key);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
  }
  return undefined;
}
