import { SEVERITIES } from './finding.ts';
import type { LoggedRun } from './evidence/logged-run.ts';
import type { Cause, FoundOutcome, Outcome } from './outcome.ts';

/** Of the run: a cause may cross its limit that much later than what follows from it crosses another. */
const SLACK = 0.1;

/**
 * Orders what was found: each finding under the one that explains it best, and those that nothing explains by severity, then
 * by how few causes they leave, then by when they began. A consequence cannot begin before its cause: a check that would
 * explain another, and began clearly later, does not.
 */
export function rankCauses(
  { firstStep, lastStep }: Pick<LoggedRun, 'firstStep' | 'lastStep'>,
  outcomes: readonly Outcome[],
): readonly Cause[] {
  const found = outcomes.filter((outcome) => outcome.state === 'found').sort(compare);
  const slack = SLACK * (lastStep - firstStep);
  const parents = new Map<FoundOutcome, FoundOutcome>();
  const isAbove = (one: FoundOutcome | undefined, child: FoundOutcome): boolean =>
    one !== undefined && (one === child || isAbove(parents.get(one), child));
  for (const child of found.toReversed()) {
    const parent = found.find(
      (one) => leads(one, child) && isBefore(one, child, slack) && !isAbove(one, child),
    );
    if (parent !== undefined) parents.set(child, parent);
  }
  const under = (parent: FoundOutcome | undefined): readonly Cause[] =>
    found
      .filter((outcome) => parents.get(outcome) === parent)
      .map((outcome) => ({ outcome, consequences: under(outcome) }));
  // A suspicion that explains what makes the run sick comes before what makes it sick alone.
  return [...under(undefined)].sort((a, b) => worst(a) - worst(b));
}

/** The worst severity of a cause and of what follows from it, as its place in the order. */
function worst({ outcome, consequences }: Cause): number {
  return Math.min(SEVERITIES.indexOf(outcome.severity), ...consequences.map(worst));
}

function leads(from: FoundOutcome, to: FoundOutcome): boolean {
  return from.check.leadsTo?.includes(to.check.id) === true;
}

/** Of two that may each lead to the other, the cause is the one that was there first. */
function isBefore(one: FoundOutcome, child: FoundOutcome, slack: number): boolean {
  return leads(child, one) ? begins(one) < begins(child) : begins(one) <= begins(child) + slack;
}

/** The last step at which what was found may not have been there yet. */
function begins({ findings }: FoundOutcome): number {
  return Math.min(...findings.map(({ onset }) => onset.after ?? -Infinity));
}

function compare(a: FoundOutcome, b: FoundOutcome): number {
  const severity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (severity !== 0) return severity;
  const [few, many] = [causes(a), causes(b)];
  return few === many ? first(a) - first(b) : few - many;
}

/** A finding without a known cause is the least specific of all. */
function causes({ check }: FoundOutcome): number {
  return check.faults.length === 0 ? Infinity : check.faults.length;
}

function first({ findings }: FoundOutcome): number {
  return Math.min(...findings.map(({ onset }) => onset.by));
}
