import { duration } from './duration.ts';

/** Speed is that of the last seconds: a machine that others share changes its mind. */
const WINDOW_MS = 5_000;

interface Mark {
  readonly at: number;
  readonly step: number;
}

/** How fast a run takes its steps. */
export class Pace {
  private marks: readonly Mark[] = [];

  /** Takes note of the steps taken by now; says the speed and the time that is left, once there is a speed. */
  after(step: number, total: number): string {
    const now = performance.now();
    this.marks = [...this.marks.filter(({ at }) => now - at < WINDOW_MS), { at: now, step }];
    const [first, last] = [this.marks[0], this.marks.at(-1)];
    if (first === undefined || last === undefined || last.step === first.step) return '';
    const perSecond = (1000 * (last.step - first.step)) / (last.at - first.at);
    return `  ${perSecond.toPrecision(3)} steps/s  ${duration((total - last.step) / perSecond)} left`;
  }
}
