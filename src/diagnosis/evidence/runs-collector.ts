import type { Meaning, Problem, RunHead, RunsTaker, RunTaker } from '../../runs/index.ts';
import type { LoggedRun } from './logged-run.ts';
import { RunCollector } from './run-collector.ts';

/** What a name in a log of some format means. */
export type MeaningOf = (format: string, name: string) => Meaning | undefined;

/** Collects the runs of logs, in memory that grows with their metrics and not with their rows. */
export class RunsCollector implements RunsTaker {
  readonly runs: LoggedRun[] = [];
  /** Those that concern no single run. */
  readonly problems: Problem[] = [];
  private readonly meaningOf: MeaningOf;

  constructor(meaningOf: MeaningOf) {
    this.meaningOf = meaningOf;
  }

  begin(head: RunHead): RunTaker {
    return new RunCollector(
      head,
      (name) => this.meaningOf(head.format, name),
      (run) => this.runs.push(run),
    );
  }

  problem(problem: Problem): void {
    this.problems.push(problem);
  }
}
