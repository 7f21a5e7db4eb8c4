import { afterAll, beforeAll, describe, test } from 'vitest';
import { describeViolation } from './reporting/describe-violation.ts';
import { checkLaw } from './verification/check-law.ts';
import { checkControl } from './verification/controls.ts';
import type { Law } from './verification/law.ts';
import type { Subject } from './verification/subject.ts';

export interface LawTestOptions {
  /** Cases a law; a law's own budget may lower it. */
  readonly runs?: number;
  /** Seed of all cases. A fixed one makes the suite repeatable; a fresh one makes it search. */
  readonly seed?: number;
  /** Laws that the subject has no operations for: skipped with that reason by default, failed when false. */
  readonly skipMissing?: boolean;
  /** Also laws that need a long training; without, they are skipped and say so. Default false. */
  readonly nightly?: boolean;
  readonly timeoutMs?: number;
}

/**
 * Turns laws into vitest tests of a subject: one test a law, which fails with the whole story of the violation, and one
 * that shows the law a subject that is wrong in every answer, which it must reject.
 *
 * @example
 * holdToLaws('our model', NK_LAWS, () => openOurSubject());
 */
export function holdToLaws(
  title: string,
  laws: readonly Law[],
  open: () => Subject | Promise<Subject>,
  { runs = 100, seed = 1, skipMissing = true, nightly = false, timeoutMs = 60_000 }: LawTestOptions = {},
): void {
  describe(title, () => {
    let subject: Subject | undefined;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => {
      subject = undefined;
    });
    const opened = (): Subject => {
      if (subject === undefined) throw new Error('the subject was not opened');
      return subject;
    };

    for (const law of laws) {
      test(law.id, { timeout: timeoutMs }, async (context) => {
        const missing = law.needs.filter((operation) => !opened().has(operation)).map(({ name }) => name);
        if (missing.length > 0 && skipMissing)
          context.skip(`not-checked: operation missing: ${missing.join(', ')}`);
        if (law.nightly === true && !nightly) context.skip('not-checked: needs a long training');
        const control = await checkControl(law, opened(), { runs, seed });
        if (control.verdict !== 'violated') {
          throw new Error(
            `${law.id} does not reject a known-bad subject: ${control.verdict} ${control.reason ?? ''}`,
          );
        }
        const verdict = await checkLaw(law, opened(), { runs, seed });
        if (verdict.verdict === 'holds') return;
        if (verdict.verdict === 'violated') {
          throw new Error(describeViolation(verdict, law, `this test, with seed: ${seed}`));
        }
        throw new Error(`${law.id}: ${verdict.verdict}: ${verdict.reason ?? ''}`);
      });
    }
  });
}
