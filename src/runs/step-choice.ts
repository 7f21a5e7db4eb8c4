import { rowKeysOf } from './step-key.ts';

type Values = Readonly<Record<string, number>>;

/** A key is of the rows, and not of one among them, when most have it. */
const MOST = 0.5;

/** Steps go back at a resume, or where an epoch begins; what goes back more often is a length or a score. */
const GOES_BACK_AT_MOST = 0.1;

/**
 * Keys among which the one that counts steps is looked for, by the first records of a log, run by run: those that most records
 * have, and that rise. A batch size stays, the length of an episode goes up and down. All keys, where none is like that.
 */
export function countingKeys(runs: readonly (readonly Values[])[]): readonly string[] {
  const keys = [...new Set(runs.flat().flatMap((record) => Object.keys(record)))];
  const { epoch } = rowKeysOf(keys);
  const counting = keys.filter((key) => counts(key, epoch, runs));
  // The epoch and the time of a row are looked for among all.
  return counting.length === 0 ? keys : counting;
}

function counts(key: string, epoch: string | undefined, runs: readonly (readonly Values[])[]): boolean {
  let [there, rises, falls] = [0, 0, 0];
  for (const records of runs) {
    const those = records.filter((record) => Number.isFinite(record[key]));
    there += those.length;
    for (const [index, record] of those.entries()) {
      const before = those[index - 1];
      if (before === undefined) continue;
      const change = (record[key] ?? 0) - (before[key] ?? 0);
      if (change > 0) rises += 1;
      const isNewEpoch = epoch !== undefined && (record[epoch] ?? 0) > (before[epoch] ?? 0);
      if (change < 0 && !isNewEpoch) falls += 1;
    }
  }
  if (there <= MOST * runs.flat().length) return false;
  return there < 3 || (rises > 0 && falls <= GOES_BACK_AT_MOST * there);
}
