import type { ReadOptions } from '../format.ts';
import { findLogs } from '../find.ts';
import { readLogs } from '../read.ts';
import type { ProblemGroup } from './problem-list.ts';
import { ProblemList } from './problem-list.ts';
import type { RunSummary } from './run-summary.ts';
import { RunSummariser } from './run-summary.ts';

/** What was found at some paths. */
export interface LogsSummary {
  readonly runs: readonly RunSummary[];
  /** Problems that concern no single run. */
  readonly problems: readonly ProblemGroup[];
  /** Files in folders that no reader recognises. */
  readonly ignored: readonly string[];
}

/**
 * Reads every log at the paths, and says what is in it; memory does not grow with the length of a log.
 *
 * @throws InputError `path-missing`
 */
export async function summariseLogs(
  paths: readonly string[],
  options: ReadOptions = {},
): Promise<LogsSummary> {
  const { found, ignored, problems: foundProblems } = findLogs(paths);
  const problems = new ProblemList();
  for (const problem of foundProblems) problems.add(problem);
  const runs: RunSummary[] = [];
  await readLogs(
    found,
    {
      begin: (head) => new RunSummariser(head, (summary) => runs.push(summary)),
      problem: (problem) => {
        problems.add(problem);
      },
    },
    options,
  );
  return { runs, problems: problems.groups(), ignored };
}
