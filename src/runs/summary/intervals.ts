/** So many intervals are kept, evenly spread over the series. */
const KEPT = 512;

/** A gap is this many times the usual interval; loggers that skip one or two rows leave smaller ones. */
const GAP_FACTOR = 5;

/** Gaps that are listed, the widest. */
const LISTED_GAPS = 5;

/** A stretch of steps without a row. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Intervals between the steps of one series, in bounded memory: their median, and the widest. */
export class Intervals {
  private kept: number[] = [];
  private stride = 1;
  private count = 0;
  private widest: Gap[] = [];

  /** Takes two steps that follow each other; equal ones have no interval. */
  take(from: number, to: number): void {
    if (to <= from) return;
    if (this.count % this.stride === 0) {
      if (this.kept.length === KEPT) {
        this.kept = this.kept.filter((_, index) => index % 2 === 0);
        this.stride *= 2;
      }
      if (this.count % this.stride === 0) this.kept.push(to - from);
    }
    this.count += 1;
    const narrowest = this.widest[LISTED_GAPS - 1];
    if (narrowest !== undefined && width(narrowest) >= to - from) return;
    this.widest.push({ from, to });
    this.widest.sort((a, b) => width(b) - width(a));
    this.widest.length = Math.min(this.widest.length, LISTED_GAPS);
  }

  /** The usual distance of two steps; undefined for a series of one step. */
  median(): number | undefined {
    return this.kept.toSorted((a, b) => a - b)[Math.floor(this.kept.length / 2)];
  }

  /** The widest gaps, in order of their steps. */
  gaps(): readonly Gap[] {
    const usual = this.median() ?? Infinity;
    return this.widest.filter((gap) => width(gap) > GAP_FACTOR * usual).toSorted((a, b) => a.from - b.from);
  }
}

function width({ from, to }: Gap): number {
  return to - from;
}
