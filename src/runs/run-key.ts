import { rowKeysOf, normalisedKey } from './step-key.ts';

/**
 * Keys that say of which run a row is, what names a run by itself first. Sources: Weights & Biases, MLflow, Optuna, Ray Tune,
 * RLiable's tables, cross validation. A worker, an environment or a phase is of one run, and no run.
 */
const RUN_KEYS = [
  'run_id',
  'run',
  'run_name',
  'run_uuid',
  'trial_id',
  'trial',
  'trial_name',
  'experiment_id',
  'experiment',
  'experiment_name',
  'exp_id',
  'exp',
  'exp_name',
  'seed',
  'random_seed',
  'fold',
] as const;

type JsonRecord = Readonly<Record<string, unknown>>;

/** Steps of one run go back at a resume, and are there twice where rows have other metrics. */
const CONFLICTS_AT_MOST = 0.1;

/** Of the keys of a log, those that may name the run of a row. */
export function runKeysIn(keys: readonly string[]): readonly string[] {
  return RUN_KEYS.flatMap((name) => keys.filter((key) => normalisedKey(key) === name));
}

/** Whether the values of a column may name runs, numbers or not. */
export function mayNameRuns(key: string): boolean {
  return runKeysIn([key]).length > 0;
}

/** Longer names of runs would fill the memory, and say no more. */
const LONGEST_NAME = 200;

/** The run that a record names by these keys; undefined where it names none. */
export function runNameOf(record: JsonRecord, keys: readonly string[]): string | undefined {
  const parts = keys.map((key) => record[key]);
  const isNamed = parts.every((part) => typeof part === 'string' || typeof part === 'number');
  return isNamed ? parts.map(String).join('/').slice(0, LONGEST_NAME) : undefined;
}

/** Records by the run that they name, each in its order; all of them in one where no keys are given. */
export function groupsBy<T>(
  records: readonly T[],
  nameOf: (record: T) => string | undefined,
): readonly (readonly T[])[] {
  const groups = new Map<string | undefined, T[]>();
  for (const record of records) {
    const name = nameOf(record);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [record]);
    else group.push(record);
  }
  return [...groups.values()];
}

/**
 * The keys by which the first records of a log are parted into runs; none where it holds one. They have several values, two
 * rows of each at least, and steps that would go back, or be there twice, in one run, do not in those: of the keys that may
 * name a run the one with the fewest such conflicts, or all together.
 *
 * @param stepKeyFor the key that counts steps once records are parted
 */
export function chosenRunKeys(
  records: readonly JsonRecord[],
  stepKeyFor: (groups: readonly (readonly JsonRecord[])[]) => string | undefined,
): readonly string[] {
  const keys = runKeysIn([...new Set(records.flatMap((record) => Object.keys(record)))]);
  const varying = keys.filter((key) => new Set(records.map((record) => record[key])).size > 1);
  let best: { readonly keys: readonly string[]; readonly conflicts: number } | undefined;
  const tried = [...varying.map((key) => [key]), ...(varying.length > 1 ? [varying] : [])];
  for (const one of tried) {
    const groups = groupsBy(records, (record) => runNameOf(record, one));
    const step = stepKeyFor(groups);
    if (step === undefined || groups.length < 2 || groups.length * 2 > records.length) continue;
    const apart = new Set([...keys, step]);
    const conflicts = sum(groups.map((group) => conflictsIn(group, step, apart)));
    const isBetter = conflicts < conflictsIn(records, step, apart);
    if (!isBetter || conflicts > CONFLICTS_AT_MOST * records.length) continue;
    if (best === undefined || conflicts < best.conflicts) best = { keys: one, conflicts };
  }
  return best?.keys ?? [];
}

/** How often a step goes back within an epoch, or is there twice with one metric. */
function conflictsIn(records: readonly JsonRecord[], step: string, apart: ReadonlySet<string>): number {
  const { epoch, time } = rowKeysOf(Object.keys(records[0] ?? {}), step);
  let conflicts = 0;
  for (const [index, record] of records.entries()) {
    const before = records[index - 1];
    if (before === undefined) continue;
    const change = Number(record[step]) - Number(before[step]);
    const isNewEpoch = epoch !== undefined && Number(record[epoch]) > Number(before[epoch]);
    const isShared = (key: string): boolean =>
      key in before && key !== epoch && key !== time && !apart.has(key);
    if (change < 0 && !isNewEpoch) conflicts += 1;
    else if (change === 0 && Object.keys(record).some(isShared)) conflicts += 1;
  }
  return conflicts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
