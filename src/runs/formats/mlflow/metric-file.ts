import type { Place } from '../../place.ts';
import type { RunSink } from '../../row.ts';
import { readCell } from '../../text/cell.ts';
import { excerpt } from '../../text/excerpt.ts';
import { PulledLines } from '../../text/pulled-lines.ts';

/** A value of a metric. */
export interface Point {
  readonly metric: string;
  readonly step: number;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly place: Place;
}

/** A metric of MLflow, a value a line: `timestamp value step`, behind which newer versions name a data set. */
export class MetricFile {
  private readonly file: string;
  private readonly metric: string;
  private readonly run: Pick<RunSink, 'problem'>;
  private readonly lines: PulledLines;
  /** The value that is next; undefined at the end. */
  head: Point | undefined;
  /** Its time, or that of a value before it if that is later: values are taken in the order in which they were written. */
  time = -Infinity;

  constructor(file: string, metric: string, run: Pick<RunSink, 'problem'>) {
    this.file = file;
    this.metric = metric;
    this.run = run;
    this.lines = new PulledLines(file);
    this.advance();
  }

  /** Goes on to the next value, and says whether there is one; lines that hold none are reported. */
  advance(): boolean {
    for (;;) {
      this.head = undefined;
      const line = this.next();
      if (line === undefined) return false;
      const { text, number, ended } = line;
      const place = { file: this.file, line: number };
      const point = ended ? this.pointIn(text, place) : undefined;
      if (point !== undefined) {
        this.head = point;
        this.time = Math.max(this.time, point.time);
        return true;
      }
      const what = ended
        ? `not "timestamp value step": ${excerpt(text)}; the line was not read`
        : `no line break follows ${excerpt(text)}; the line was not read`;
      this.run.problem({ kind: ended ? 'record-not-understood' : 'record-cut-off', place, what });
    }
  }

  private next(): ReturnType<PulledLines['next']> {
    try {
      return this.lines.next();
    } catch (error) {
      this.run.problem({ kind: 'file-unreadable', place: { file: this.file }, what: String(error) });
      return undefined;
    }
  }

  private pointIn(text: string, place: Place): Point | undefined {
    // The first versions of MLflow wrote no step.
    const [time = NaN, value, step = 0] = text.split(' ').slice(0, 3).map(readCell);
    if (typeof time !== 'number' || typeof value !== 'number' || typeof step !== 'number') return undefined;
    if (!Number.isFinite(time) || !Number.isFinite(step)) return undefined;
    return { metric: this.metric, step, value, time, place };
  }
}
