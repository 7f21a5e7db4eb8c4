import type { Place } from '../../place.ts';
import { RoundedIntegers } from '../../rounded-integers.ts';
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
  private readonly rounded = new RoundedIntegers();
  private readonly isCounted: boolean;
  private count = 0;

  /** @param isCounted whether values are counted from 1, since no step is given for them */
  constructor(file: string, metric: string, run: Pick<RunSink, 'problem'>, isCounted: boolean) {
    this.isCounted = isCounted;
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
    const point = partsOf(text);
    if (point === undefined) return undefined;
    const [, value = '', writtenStep = ''] = text.split(' ');
    this.rounded.take(this.metric, { value: point.value, text: value }, place, this.run);
    this.rounded.take('step', { value: point.step, text: writtenStep }, place, this.run);
    this.count += 1;
    const step = this.isCounted && point.step === 0 ? this.count : point.step;
    return { ...point, metric: this.metric, step, place };
  }
}

function partsOf(text: string): Pick<Point, 'time' | 'value' | 'step'> | undefined {
  // The first versions of MLflow wrote no step.
  const [time, value, step = 0] = text.split(' ').slice(0, 3).map(readCell);
  if (typeof time !== 'number' || typeof value !== 'number' || typeof step !== 'number') return undefined;
  return Number.isFinite(time) && Number.isFinite(step) ? { time, value, step } : undefined;
}

/** Whether a metric was logged without steps, which MLflow takes for the step 0; undefined where that cannot be seen. */
export function isWithoutSteps(file: string): boolean | undefined {
  try {
    const lines = new PulledLines(file);
    const first = [lines.next(), lines.next()].map((line) =>
      line?.ended === true ? partsOf(line.text) : undefined,
    );
    return first.includes(undefined) ? undefined : first.every((point) => point?.step === 0);
  } catch {
    // Whoever reads the values will see that the file cannot be read.
    return undefined;
  }
}
