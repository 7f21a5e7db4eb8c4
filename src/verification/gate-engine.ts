import type { ControlResult } from './controls.ts';
import { checkControl } from './controls.ts';
import { checkLaw } from './check-law.ts';
import type { Counterexample } from './counterexample.ts';
import type { Fault } from './fault.ts';
import { concerns } from './fault.ts';
import type { GateEvent } from './gate-events.ts';
import { judgeCell } from './kill-matrix.ts';
import type { Law } from './law.ts';
import { replay } from './replay.ts';
import type { Subject } from './subject.ts';

/** What one engine is to be gated with. */
export interface EnginePlan<Kit> {
  readonly laws: readonly Law[];
  /** Faults of the kill matrix; none skips it. */
  readonly faults: readonly Fault<Kit>[];
  readonly runs: number;
  readonly seed: number;
  readonly powerSeeds: readonly number[];
  /** Milliseconds since the epoch; what is not begun by then is `not-checked`. */
  readonly deadline?: number;
  /** Faults that touch no tensor are shown on the first engine only. */
  readonly isFirstEngine: boolean;
  readonly counterexamples: readonly { readonly file: string; readonly counterexample: Counterexample }[];
}

/**
 * Gates one open engine: committed counterexamples, then for each law its control and its verdict, then the kill matrix.
 * `subjectOf` makes the subject, correct or with a fault.
 */
export async function gateEngine<Kit>(
  plan: EnginePlan<Kit>,
  subjectOf: (fault?: Fault<Kit>) => Subject,
  emit: (event: GateEvent) => void,
): Promise<void> {
  const subject = subjectOf();
  const lawById = new Map(plan.laws.map((law) => [law.id, law]));
  const deadline = plan.deadline === undefined ? {} : { deadline: plan.deadline };

  for (const { file, counterexample } of plan.counterexamples) {
    const law = lawById.get(counterexample.law);
    if (law !== undefined)
      emit({ type: 'replayed', result: await replay(file, counterexample, law, subject) });
  }

  const violated = new Set<string>();
  for (const law of plan.laws) {
    emit({ type: 'judging', law: law.id });
    if (law.needs.some((operation) => !subject.has(operation))) {
      emit({ type: 'judged', verdict: await checkLaw(law, subject, plan) });
      continue;
    }
    const control: ControlResult = await checkControl(law, subject, {
      runs: plan.runs,
      seed: plan.seed,
      ...deadline,
    });
    emit({ type: 'controlled', result: control });
    const verdict = await checkLaw(law, subject, { runs: plan.runs, seed: plan.seed, ...deadline });
    if (verdict.verdict === 'violated') violated.add(law.id);
    emit({ type: 'judged', verdict });
  }

  for (const fault of plan.faults) {
    if (!concerns(fault, subject.engine, plan.isFirstEngine)) continue;
    const faulty = subjectOf(fault);
    for (const id of fault.killedBy) {
      const law = lawById.get(id);
      // A law that rejects the subject without the fault proves nothing by rejecting it with the fault.
      if (law === undefined || violated.has(id)) continue;
      emit({ type: 'killing', fault: fault.id, law: id });
      emit({
        type: 'cell',
        cell: await judgeCell(fault, law, faulty, { seeds: plan.powerSeeds, ...deadline }),
      });
    }
  }
}
