import { checkLaw } from '../check-law.ts';
import type { Cell } from '../kill-matrix.ts';
import type { Law } from '../law.ts';
import type { Subject } from '../subject.ts';
import type { LawVerdict } from '../verdict.ts';
import type { FaultyAdapter, ProtocolFault } from './faults.ts';

export interface ShowFaultsOptions {
  /** Laws that the subject does not violate as it is, one of which must catch each fault. */
  readonly laws: readonly Law[];
  readonly faults: readonly ProtocolFault[];
  readonly seed: number;
  readonly deadline?: number;
}

/** Cases of a law that is shown a broken adapter: all of its answers are spoiled. */
const RUNS = 5;

/**
 * Breaks the adapter of a subject in every way that is documented, and shows that no law takes it for a subject that holds:
 * the proof, for foreign code in which no other fault can be put, that what the gate says of it can be believed.
 */
export async function showProtocolFaults(
  { laws, faults, seed, deadline }: ShowFaultsOptions,
  subject: Subject,
  adapter: FaultyAdapter,
  emit: (cell: Cell) => void,
  onFault: (fault: string, law: string) => void,
): Promise<void> {
  for (const fault of faults) {
    adapter.switchTo(fault);
    try {
      const cell = await cellOf(fault);
      // What could spoil nothing, or nothing that these laws look at (a shape, where they look at values), proves nothing.
      const isOpen = fault.caughtAs === 'violated' && cell.outcome !== 'killed';
      if ((adapter.hasSpoiled && !isOpen) || isCutShort(cell)) emit(cell);
    } finally {
      adapter.switchTo(undefined);
    }
  }

  /** Whether the fault could not be shown for a reason that is not its own. */
  function isCutShort({ outcome, seeds }: Cell): boolean {
    if (outcome !== 'not-judged') return false;
    const isLate = deadline !== undefined && Date.now() >= deadline;
    return isLate || seeds.some(({ reason }) => reason?.includes('[subject-unstable]') ?? false);
  }

  async function cellOf(fault: ProtocolFault): Promise<Cell> {
    let last: { readonly law: Law; readonly verdict: LawVerdict } | undefined;
    for (const law of laws) {
      onFault(fault.id, law.id);
      const verdict = await checkLaw({ ...law, coverage: [] }, subject, {
        seed,
        runs: RUNS,
        firstViolation: true,
        ...(deadline === undefined ? {} : { deadline }),
      });
      last = { law, verdict };
      if (isCaught(fault, verdict)) break;
    }
    const isKilled = last !== undefined && isCaught(fault, last.verdict);
    const outcome = isKilled ? 'killed' : last?.verdict.verdict === 'not-checked' ? 'not-judged' : 'survived';
    const verdict = last?.verdict;
    return {
      fault: fault.id,
      law: last?.law.id ?? 'no law',
      engine: subject.engine,
      outcome,
      seeds: [
        {
          seed,
          outcome,
          runs: verdict?.runs ?? 0,
          ...(verdict?.worst === undefined ? {} : { measurement: verdict.worst }),
          ...(verdict?.reason === undefined ? {} : { reason: verdict.reason }),
        },
      ],
    };
  }
}

/** As it must be: a fault of the protocol that passes for a violation of the model would send people to the wrong place. */
function isCaught({ caughtAs }: ProtocolFault, { verdict, reason }: LawVerdict): boolean {
  if (caughtAs === 'violated') return verdict === 'violated';
  return verdict === 'not-checked' && caughtAs.some((code) => reason?.includes(`[${code}]`) ?? false);
}
