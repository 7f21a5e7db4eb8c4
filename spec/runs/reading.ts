import type { Problem, ReadOptions, Row, RunHead } from '../../src/runs/index.ts';
import { findLogs, readLogs } from '../../src/runs/index.ts';

/** Everything that was read of one run. */
export interface ReadRun {
  readonly head: RunHead;
  readonly rows: Row[];
  readonly problems: Problem[];
  readonly others: string[];
  readonly resumes: { readonly from: number; readonly to: number }[];
  config: Readonly<Record<string, unknown>>;
}

/** Reads logs whole, as small ones can be. */
export async function readWhole(
  paths: readonly string[],
  options: ReadOptions = {},
): Promise<{ runs: ReadRun[]; problems: Problem[] }> {
  const { found, problems: unread } = findLogs(paths);
  const [runs, problems]: [ReadRun[], Problem[]] = [[], [...unread]];
  await readLogs(
    found,
    {
      begin: (head) => {
        const run: ReadRun = { head, rows: [], problems: [], others: [], resumes: [], config: {} };
        runs.push(run);
        return {
          row: (row) => run.rows.push(row),
          config: (settings) => (run.config = { ...run.config, ...settings }),
          other: (key) => run.others.push(key),
          problem: (problem) => run.problems.push(problem),
          resumed: ({ from, to }) => run.resumes.push({ from, to }),
          end: () => undefined,
        };
      },
      problem: (problem) => problems.push(problem),
    },
    options,
  );
  return { runs, problems };
}

/** One metric of a run, as pairs of step and value. */
export function seriesOf({ rows }: Pick<ReadRun, 'rows'>, name: string): (readonly [number, number])[] {
  return rows.flatMap(({ step, values }) => {
    const value = values[name];
    return value === undefined ? [] : [[step, value] as const];
  });
}
