import type { Problem } from '../problem.ts';
import type { RunHead, RunsTaker, RunTaker } from '../read.ts';
import type { ProblemGroup } from './problem-list.ts';
import { ProblemList } from './problem-list.ts';
import type { RunSummary } from './run-summary.ts';
import { RunSummariser } from './run-summary.ts';

/** What was found at some paths. */
export interface LogsSummary {
  readonly runs: readonly RunSummary[];
  /** Problems that concern no single run. */
  readonly problems: readonly ProblemGroup[];
}

/** Summarises all runs that are read, with memory for their metrics alone. */
export class LogsSummariser implements RunsTaker {
  private readonly runs: RunSummary[] = [];
  private readonly problems = new ProblemList();

  begin(head: RunHead): RunTaker {
    return new RunSummariser(head, (summary) => this.runs.push(summary));
  }

  problem(problem: Problem): void {
    this.problems.add(problem);
  }

  summary(): LogsSummary {
    return { runs: this.runs, problems: this.problems.groups() };
  }
}
