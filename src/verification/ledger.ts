import { z } from 'zod';
import type { LawVerdict } from './verdict.ts';

/** A known deviation of a subject: what a law says of it until it is mended. */
export const deviationSchema = z.strictObject({
  law: z.string().min(1),
  /** One engine, or `*` for each on which the law is judged. */
  engine: z.string().min(1),
  expect: z.enum(['violated', 'inconclusive', 'not-checked']),
  /** What the violated quantity, or the reason, must contain: a deviation that becomes another is not the known one. */
  message: z.string().min(1),
  /** When it became known. */
  since: z.iso.date(),
  why: z.string().min(1),
});

/** The deviations that a project knows of, as a file. */
export const ledgerSchema = z.strictObject({ deviations: z.array(deviationSchema) });
export type Deviation = z.output<typeof deviationSchema>;

/** What has become of a deviation on one engine. */
export interface SettledDeviation extends Deviation {
  readonly outcome: 'as expected' | 'passes' | 'changed' | 'not judged';
  /** What was found instead; empty where it is as expected. */
  readonly found: string;
}

/**
 * Holds verdicts against a ledger. A law that holds where the ledger says otherwise, and one that deviates in another way,
 * are told apart: the first entry must be taken out, the second looked at. An entry of a law or an engine that was not asked
 * for is left.
 */
export function settle(
  ledger: readonly Deviation[],
  laws: readonly LawVerdict[],
  asked: readonly string[],
  enginesLeft: readonly string[] = [],
): readonly SettledDeviation[] {
  return ledger
    .filter(({ law, engine }) => asked.includes(law) && !enginesLeft.includes(engine))
    .flatMap((deviation): readonly SettledDeviation[] => {
      const verdicts = laws.filter(
        ({ law, engine }) => law === deviation.law && [engine, '*'].includes(deviation.engine),
      );
      if (verdicts.length > 0) return verdicts.map((verdict) => settledOf(deviation, verdict));
      return [{ ...deviation, outcome: 'not judged', found: 'no such engine was gated' }];
    });
}

function settledOf(deviation: Deviation, verdict: LawVerdict): SettledDeviation {
  const settled = { ...deviation, engine: verdict.engine };
  const story = storyOf(verdict);
  if (verdict.verdict === deviation.expect) {
    if (story.includes(deviation.message)) return { ...settled, outcome: 'as expected', found: '' };
    return {
      ...settled,
      outcome: 'changed',
      found: `it is, with another message: ${story} (the ledger has: ${deviation.message})`,
    };
  }
  if (verdict.verdict === 'holds')
    return { ...settled, outcome: 'passes', found: 'it holds: take the entry out of the ledger' };
  if (verdict.verdict === 'not-checked') return { ...settled, outcome: 'not judged', found: story };
  return { ...settled, outcome: 'changed', found: `it is ${verdict.verdict}: ${story}` };
}

/** What a verdict says in words that do not change with the seed: the violated quantity, or the first line of the reason. */
function storyOf({ worst, violation, reason }: LawVerdict): string {
  const quantity = violation?.shrunk.measurement.quantity ?? worst?.quantity;
  return reason?.split('\n')[0] ?? quantity ?? '';
}
