import type { GateEvent } from '../../verification/gate-events.ts';

/** One line that says how far an engine's gate has come. */
export class Progress {
  private readonly laws: number;
  private readonly faults: number;
  private judged = 0;
  private violated = 0;
  private shown = new Set<string>();
  private doing = 'opening';

  constructor(laws: number, faults: number) {
    this.laws = laws;
    this.faults = faults;
  }

  /** Takes note of an event; returns the line as it is then. */
  after(event: GateEvent): string {
    if (event.type === 'opened') this.doing = 'self-test passed';
    if (event.type === 'judging') this.doing = event.law;
    if (event.type === 'judged') {
      this.judged += 1;
      if (event.verdict.verdict === 'violated') this.violated += 1;
    }
    if (event.type === 'killing') {
      this.shown.add(event.fault);
      this.doing = `${event.fault} shown to ${event.law}`;
    }
    const violated = this.violated === 0 ? '' : `, ${this.violated} violated`;
    return `laws ${this.judged}/${this.laws}${violated}  faults ${this.shown.size}/${this.faults}  ${this.doing}`;
  }
}
