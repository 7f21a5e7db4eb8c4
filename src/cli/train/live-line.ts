import { processMemory, tensorMemory } from '../../engine/index.ts';
import type { RunWatcher } from './audience.ts';
import { Pace } from './pace.ts';

/** Repaints fast enough to look alive, and slow enough to read. */
const REPAINT_MS = 200;

/** One line on a terminal that says how far a run is; nothing where nobody looks. */
export class LiveLine implements RunWatcher {
  private readonly stream: NodeJS.WriteStream;
  private readonly isLive: boolean;
  private readonly total: number;
  private readonly pace = new Pace();
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
    const { rssBytes } = processMemory();
    const memory = `  ${Math.round(rssBytes / 2 ** 20)} MiB, ${tensorMemory().tensors} tensors`;
    const line = `gradient step ${step} of ${this.total}${this.loss}${this.pace.after(step, this.total)}${memory}`;
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
}
