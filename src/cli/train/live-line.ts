import { processMemory, tensorMemory } from '../../engine/index.ts';
import type { RunWatcher } from './audience.ts';

/** Repaints fast enough to look alive, and slow enough to read. */
const REPAINT_MS = 200;

/** Speed is that of the last seconds: a machine that others share changes its mind. */
const WINDOW_MS = 5_000;

interface Mark {
  readonly at: number;
  readonly step: number;
}

/** One line on a terminal that says how far a run is; nothing where nobody looks. */
export class LiveLine implements RunWatcher {
  private readonly stream: NodeJS.WriteStream;
  private readonly isLive: boolean;
  private readonly total: number;
  private marks: readonly Mark[] = [];
  private loss = '';
  private painted = 0;

  constructor(stream: NodeJS.WriteStream, total: number, isQuiet: boolean) {
    this.stream = stream;
    this.isLive = stream.isTTY && !isQuiet;
    this.total = total;
  }

  /** Takes note of the loss that was read last. */
  read(loss: number): void {
    this.loss = `  loss ${loss.toExponential(2)}`;
  }

  /** Takes note of the steps taken so far. */
  reach(step: number): void {
    if (!this.isLive) return;
    const now = performance.now();
    if (now - this.painted < REPAINT_MS) return;
    this.painted = now;
    this.marks = [...this.marks.filter(({ at }) => now - at < WINDOW_MS), { at: now, step }];
    const { rssBytes } = processMemory();
    const memory = `  ${Math.round(rssBytes / 2 ** 20)} MiB, ${tensorMemory().tensors} tensors`;
    const line = `gradient step ${step} of ${this.total}${this.loss}${this.speed()}${memory}`;
    this.paint(line);
  }

  /** Takes note of other work that takes long. */
  work(doing: string): void {
    if (this.isLive) this.paint(doing);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.isLive) this.stream.write('\r\u001b[K');
  }

  private paint(line: string): void {
    this.stream.write(`\r\u001b[K${line.slice(0, Math.max(20, this.stream.columns - 1))}`);
  }

  private speed(): string {
    const [first, last] = [this.marks[0], this.marks.at(-1)];
    if (first === undefined || last === undefined || last.step === first.step) return '';
    const perSecond = (1000 * (last.step - first.step)) / (last.at - first.at);
    return `  ${perSecond.toPrecision(3)} steps/s  ${duration((this.total - last.step) / perSecond)} left`;
  }
}

/**
 * A span of time as a person says it.
 *
 * @example duration(90) // '1 min 30 s'
 */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
