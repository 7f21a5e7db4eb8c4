import type { ReadOptions } from './format.ts';
import type { Found } from './found-run.ts';
import type { Problem } from './problem.ts';
import type { Row, RunSink } from './row.ts';
import { StepOrder } from './step-order.ts';
import type { Resume } from './step-order.ts';

/** What a run is known by. */
export interface RunHead {
  /** Its path, with a name or number behind `#` where one path holds several. */
  readonly id: string;
  /** Name of its format. */
  readonly format: string;
  readonly paths: readonly string[];
}

/** Takes one run, in the order in which it was written. */
export interface RunTaker extends RunSink {
  /** Steps went back: what was logged from step `to` on is replaced by what follows. */
  resumed(resume: Resume): void;
  end(): void;
}

/** Takes runs, one after the other or side by side. */
export interface RunsTaker {
  begin(head: RunHead): RunTaker;
  /** What concerns no single run. */
  problem(problem: Problem): void;
}

/**
 * Reads logs in one pass. A run whose steps go back has been resumed; one that begins again at its first step has another
 * run behind it in the same file, which gets a head of its own. Begins no further log after the signal.
 */
export async function readLogs(
  found: readonly Found[],
  taker: RunsTaker,
  options: ReadOptions = {},
): Promise<void> {
  for (const { format, path, paths } of found) {
    if (options.signal?.aborted === true) return;
    const open = new Map<string | undefined, SplitRun>();
    const run = (name?: string): RunSink => {
      const known = open.get(name);
      if (known !== undefined) return known;
      const id = name === undefined ? path : `${path}#${name}`;
      const split = new SplitRun(taker, { id, format: format.name, paths });
      open.set(name, split);
      return split;
    };
    try {
      await format.read(
        paths,
        {
          run,
          problem: (problem) => {
            taker.problem(problem);
          },
        },
        options,
      );
    } catch (error) {
      if (!isFileSystemError(error)) throw error;
      taker.problem({ kind: 'file-unreadable', place: { file: path }, what: error.message });
    }
    for (const split of open.values()) split.end();
  }
}

/** So many runs of one row, one behind the other, are none. */
const FALLS = 3;

/** One run of a file, or several that were appended to each other. */
class SplitRun implements RunSink {
  private readonly taker: RunsTaker;
  private readonly head: RunHead;
  private current: RunTaker;
  private order = new StepOrder();
  private count = 1;
  /** Of the run that is read. */
  private rows = 0;
  /** Runs of one row, one behind the other. */
  private falls = 0;

  constructor(taker: RunsTaker, head: RunHead) {
    this.taker = taker;
    this.head = head;
    this.current = taker.begin(head);
  }

  row(given: Row): void {
    const row = withTime(given);
    const turn = this.order.take(row);
    if (turn?.kind === 'resumed') this.current.resumed(turn);
    if (turn?.kind === 'begun-again' && this.isFalling(row)) this.order = new StepOrder();
    else if (turn?.kind === 'begun-again') {
      this.current.end();
      this.count += 1;
      this.current = this.taker.begin({ ...this.head, id: `${this.head.id}#${this.count}` });
      this.order = new StepOrder();
      this.order.take(row);
    }
    this.rows += 1;
    this.current.row(row);
  }

  /** Whether row after row begins again: the newest comes first, or what counts is no step. It is then all one run. */
  private isFalling({ place, step }: Row): boolean {
    if (this.falls >= FALLS) return true;
    this.falls = this.rows === 1 ? this.falls + 1 : 0;
    this.rows = 0;
    if (this.falls < FALLS) return false;
    const what = `row after row is at an earlier step than the one before, here ${step}; no more runs are told apart`;
    this.current.problem({ kind: 'steps-fall', place, what });
    return true;
  }

  config(settings: Readonly<Record<string, unknown>>): void {
    this.current.config(settings);
  }

  other(...about: Parameters<RunSink['other']>): void {
    this.current.other(...about);
  }

  problem(problem: Problem): void {
    this.current.problem(problem);
  }

  end(): void {
    this.current.end();
  }
}

/** Any date that there is: programs have written nanoseconds, infinities, and what a damaged byte left. */
const LATEST_SECONDS = 8.64e12;

function withTime({ wallTime, ...row }: Row): Row {
  return wallTime !== undefined && Math.abs(wallTime) <= LATEST_SECONDS ? { ...row, wallTime } : row;
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
