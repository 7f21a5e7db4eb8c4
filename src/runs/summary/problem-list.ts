import type { Problem, ProblemKind } from '../problem.ts';
import { PROBLEM_KINDS } from '../problem.ts';

/** Of each kind so many are kept with their places: a file of noise has one a line. */
const KEPT = 5;

/** Problems of one kind. */
export interface ProblemGroup {
  readonly kind: ProblemKind;
  /** Of the kind: what it is. */
  readonly summary: string;
  /** Whether something of the log was left out for it. */
  readonly lost: boolean;
  readonly count: number;
  /** The first of them. */
  readonly examples: readonly Problem[];
}

/** Counts problems by kind, in bounded memory. */
export class ProblemList {
  private readonly byKind = new Map<ProblemKind, { count: number; examples: Problem[] }>();

  add(problem: Problem): void {
    const group = this.byKind.get(problem.kind) ?? { count: 0, examples: [] };
    group.count += 1;
    if (group.examples.length < KEPT) group.examples.push(problem);
    this.byKind.set(problem.kind, group);
  }

  groups(): readonly ProblemGroup[] {
    return [...this.byKind].map(([kind, { count, examples }]) => ({
      kind,
      ...PROBLEM_KINDS[kind],
      count,
      examples,
    }));
  }
}
