import type { RunsTaker, RunTaker } from './read.ts';

/** Gives everything that is read to two takers, in one pass. */
export function both(one: RunsTaker, other: RunsTaker): RunsTaker {
  return {
    begin: (head) => {
      const takers = [one.begin(head), other.begin(head)];
      const each = (give: (taker: RunTaker) => void): void => {
        takers.forEach(give);
      };
      return {
        row: (row) => {
          each((taker) => {
            taker.row(row);
          });
        },
        config: (settings) => {
          each((taker) => {
            taker.config(settings);
          });
        },
        other: (key, kind, place) => {
          each((taker) => {
            taker.other(key, kind, place);
          });
        },
        problem: (problem) => {
          each((taker) => {
            taker.problem(problem);
          });
        },
        resumed: (resume) => {
          each((taker) => {
            taker.resumed(resume);
          });
        },
        end: () => {
          each((taker) => {
            taker.end();
          });
        },
      };
    },
    problem: (problem) => {
      one.problem(problem);
      other.problem(problem);
    },
  };
}
