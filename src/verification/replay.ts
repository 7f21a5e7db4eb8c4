import type { Counterexample } from './counterexample.ts';
import { benchOf, judgeCase } from './judge-case.ts';
import type { Law } from './law.ts';
import type { Measurement } from './measurement.ts';
import { violates } from './measurement.ts';
import type { Subject } from './subject.ts';
import type { Verdict } from './verdict.ts';

/** What a stored counterexample says today. */
export interface ReplayResult {
  readonly file: string;
  readonly law: string;
  readonly engine: string;
  readonly verdict: Verdict;
  readonly shrunk?: Measurement;
  readonly unshrunk?: Measurement;
  readonly reason?: string;
}

/** Judges the two stored cases, shrunk and unshrunk, bit for bit as they were found. */
export async function replay(
  file: string,
  counterexample: Counterexample,
  law: Law,
  subject: Subject,
): Promise<ReplayResult> {
  const base = { file, law: law.id, engine: subject.engine };
  const bench = benchOf(law, subject);
  // Of one that the case before has broken.
  subject.beginLaw?.();
  try {
    const shrunk = (await judgeCase(law, bench, counterexample.shrunk)).worst;
    const unshrunk = (await judgeCase(law, bench, counterexample.unshrunk)).worst;
    const verdict: Verdict = violates(shrunk) || violates(unshrunk) ? 'violated' : 'holds';
    return { ...base, verdict, shrunk, unshrunk };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...base, verdict: 'not-checked', reason };
  }
}
