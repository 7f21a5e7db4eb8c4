import type { Place } from './place.ts';
import type { Row } from './row.ts';

/** A run was gone on with from an earlier step than it had reached. */
export interface Resume {
  /** The last step before. */
  readonly from: number;
  /** The step from which the log goes on. */
  readonly to: number;
  readonly place: Place;
}

export type Turn = ({ readonly kind: 'resumed' } & Resume) | { readonly kind: 'begun-again' };

/** Of more nobody keeps the order: they are no metrics. */
const MAXIMUM_METRICS = 10_000;

interface Counted {
  last: number;
  /** Of the resumes that this metric has seen. */
  resumes: number;
}

/**
 * Finds where steps go back. Each metric is held against itself, since some count batches and others epochs; metrics that
 * go back after the first have seen the same resume.
 */
export class StepOrder {
  private readonly metrics = new Map<string, Counted>();
  private resumes = 0;
  /** The smallest first step of all metrics. */
  private first = Infinity;

  /** What the row says about the run that it is of; undefined where it goes on as it should. */
  take({ step, values, place }: Row): Turn | undefined {
    let turn: Turn | undefined;
    for (const name in values) {
      const metric = this.metrics.get(name);
      if (metric === undefined) {
        this.first = Math.min(this.first, step);
        if (this.metrics.size < MAXIMUM_METRICS)
          this.metrics.set(name, { last: step, resumes: this.resumes });
        continue;
      }
      if (step < metric.last && metric.resumes === this.resumes && turn === undefined) {
        if (step <= this.first) return { kind: 'begun-again' };
        this.resumes += 1;
        turn = { kind: 'resumed', from: metric.last, to: step, place };
      }
      metric.last = step;
      metric.resumes = this.resumes;
    }
    return turn;
  }
}
