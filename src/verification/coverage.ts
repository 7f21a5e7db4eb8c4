import type { CoverageLabel } from './law.ts';
import type { CoverageResult } from './verdict.ts';

/** Error rate at which too few labelled cases are put down to the generator and not to chance. */
const FALSE_ALARM = 1e-6;

/** Counts, while a law runs, how many of its cases show each of its features. */
export class Coverage<Case> {
  private readonly labels: readonly CoverageLabel<Case>[];
  private readonly shown: number[];
  private total = 0;

  constructor(labels: readonly CoverageLabel<Case>[]) {
    this.labels = labels;
    this.shown = labels.map(() => 0);
  }

  count(sample: Case): void {
    this.total += 1;
    this.labels.forEach((label, index) => {
      if (label.shows(sample)) this.shown[index] = (this.shown[index] ?? 0) + 1;
    });
  }

  results(): readonly CoverageResult[] {
    return this.labels.map(({ label, minimumShare }, index) => ({
      label,
      share: this.total === 0 ? 0 : (this.shown[index] ?? 0) / this.total,
      minimumShare,
    }));
  }

  /**
   * The labels that are missed for certain: were the share the minimum, so few cases would show the feature with
   * probability below 1e-6 (binomial tail), so that a gate with few cases raises no false alarm.
   */
  missed(): readonly CoverageResult[] {
    return this.results().filter(
      ({ minimumShare }, index) =>
        this.total > 0 && binomialTail(this.shown[index] ?? 0, this.total, minimumShare) < FALSE_ALARM,
    );
  }
}

/** P(X ≤ k) for X ~ Binomial(n, p), 0 < p < 1; terms by their logarithms, since (1−p)ⁿ underflows where n is large. */
export function binomialTail(k: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p);
  let total = Math.exp(logTerm);
  for (let i = 1; i <= k; i += 1) {
    logTerm += Math.log(((n - i + 1) / i) * (p / (1 - p)));
    total += Math.exp(logTerm);
  }
  return Math.min(1, total);
}
