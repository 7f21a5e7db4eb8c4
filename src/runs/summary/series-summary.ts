import type { Place } from '../place.ts';
import type { Gap } from './intervals.ts';
import { Intervals } from './intervals.ts';

/** One metric of a run, in figures; of finite values only where they are of values. */
export interface SeriesSummary {
  readonly name: string;
  readonly points: number;
  readonly firstStep: number;
  readonly lastStep: number;
  /** The usual distance of two steps; absent for a single step. */
  readonly interval?: number;
  readonly gaps: readonly Gap[];
  /** Absent where no value is finite. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly first?: number;
  readonly last?: number;
  /** Values that are no finite number, and where the first stands. */
  readonly notFinite?: { readonly count: number; readonly step: number; readonly place: Place };
}

/** Summarises one metric as it is read, in bounded memory. */
export class SeriesSummariser {
  private readonly name: string;
  private readonly firstStep: number;
  private readonly intervals = new Intervals();
  private lastStep: number;
  private points = 0;
  private minimum = Infinity;
  private maximum = -Infinity;
  private first: number | undefined;
  private last: number | undefined;
  private notFinite: { count: number; step: number; place: Place } | undefined;

  constructor(name: string, firstStep: number) {
    this.name = name;
    this.firstStep = firstStep;
    this.lastStep = firstStep;
  }

  take(step: number, value: number, place: Place): void {
    this.points += 1;
    this.intervals.take(this.lastStep, step);
    this.lastStep = step;
    if (!Number.isFinite(value)) {
      this.notFinite ??= { count: 0, step, place };
      this.notFinite.count += 1;
      return;
    }
    if (value < this.minimum) this.minimum = value;
    if (value > this.maximum) this.maximum = value;
    this.first ??= value;
    this.last = value;
  }

  summary(): SeriesSummary {
    const { name, points, firstStep, lastStep, minimum, maximum, first, last, notFinite } = this;
    const interval = this.intervals.median();
    return {
      name,
      points,
      firstStep,
      lastStep,
      ...(interval === undefined ? {} : { interval }),
      gaps: this.intervals.gaps(),
      ...(first === undefined || last === undefined ? {} : { minimum, maximum, first, last }),
      ...(notFinite === undefined ? {} : { notFinite }),
    };
  }
}
