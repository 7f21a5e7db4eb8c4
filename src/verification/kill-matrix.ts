import { checkLaw } from './check-law.ts';
import type { Fault } from './fault.ts';
import type { Law } from './law.ts';
import type { Measurement } from './measurement.ts';
import type { Subject } from './subject.ts';

/** A fault counts as survived once this many cases have passed. */
export const KILL_RUNS = 20;

export type CellOutcome = 'killed' | 'survived' | 'not-judged';

/** One law shown one fault on one engine, with each seed. A crash or a time-out is `not-judged`, never a kill. */
export interface Cell {
  readonly fault: string;
  readonly law: string;
  readonly engine: string;
  /** The worst outcome over the seeds. */
  readonly outcome: CellOutcome;
  readonly seeds: readonly CellSeed[];
}

export interface CellSeed {
  readonly seed: number;
  readonly outcome: CellOutcome;
  /** Cases until the first violation. */
  readonly runs: number;
  readonly measurement?: Measurement;
  readonly reason?: string;
}

export interface CellOptions {
  readonly seeds: readonly number[];
  readonly deadline?: number;
}

/** Shows a law a faulty subject, once a seed, in the cases that run the code of the fault, stopping at the first violation. */
export async function judgeCell(
  fault: Pick<Fault<never>, 'id' | 'model'>,
  law: Law,
  faulty: Subject,
  options: CellOptions,
): Promise<Cell> {
  const shown = lawOn(fault.model, law);
  const seeds: CellSeed[] = [];
  for (const seed of options.seeds) {
    const { verdict, runs, worst, reason } = await checkLaw(shown, faulty, {
      seed,
      runs: law.budget?.power ?? KILL_RUNS,
      firstViolation: true,
      ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
    });
    const outcome: CellOutcome =
      verdict === 'violated' ? 'killed' : verdict === 'not-checked' ? 'not-judged' : 'survived';
    seeds.push({
      seed,
      outcome,
      runs,
      ...(worst === undefined ? {} : { measurement: worst }),
      ...(reason === undefined ? {} : { reason }),
    });
  }
  return { fault: fault.id, law: law.id, engine: faulty.engine, outcome: worstOutcome(seeds), seeds };
}

/** The law on the cases of one model alone, if it has those of several; what they cover together is no longer asked. */
function lawOn(model: string | undefined, law: Law): Law {
  if (model === undefined || law.modelOf === undefined) return law;
  return { ...law, coverage: [], cases: law.cases.filter((sample) => law.modelOf?.(sample) === model) };
}

function worstOutcome(seeds: readonly CellSeed[]): CellOutcome {
  if (seeds.length === 0 || seeds.some(({ outcome }) => outcome === 'not-judged')) return 'not-judged';
  return seeds.some(({ outcome }) => outcome === 'survived') ? 'survived' : 'killed';
}
