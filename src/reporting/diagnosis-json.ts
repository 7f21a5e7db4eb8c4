import { printableJson } from '../runs/index.ts';
import type { Cause, Diagnosis, Outcome, RunDiagnosis } from '../diagnosis/index.ts';

/** What `plumbline diagnose --json` prints; numbers that JSON does not know are strings. */
export function diagnosisJson(
  { verdict, runs, groups, problems, isInterrupted }: Diagnosis,
  versions: Readonly<Record<string, string>>,
): string {
  const report = {
    kind: 'plumbline diagnosis',
    format: 1,
    versions,
    verdict,
    runs: runs.map(runOf),
    groups,
    problems,
    ...(isInterrupted ? { partial: 'interrupted before all was read and judged' } : {}),
  };
  return `${printableJson(JSON.stringify(report, (_key, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value), 2))}\n`;
}

function runOf({ run, checklist, verdict, reason, outcomes, causes, comparison }: RunDiagnosis): object {
  return {
    ...run.head,
    rows: run.rows,
    firstStep: run.firstStep,
    lastStep: run.lastStep,
    checklist,
    verdict,
    reason: reason ?? null,
    causes: causes.map(causeOf),
    checks: outcomes.map(outcomeOf),
    ...(comparison === undefined ? {} : { baseline: comparison }),
    problems: run.problems,
  };
}

function causeOf({ outcome, consequences }: Cause): object {
  const { check, severity, findings, faults, laws } = outcome;
  const { id, title, advice, experiment } = check;
  return {
    check: id,
    title,
    severity,
    findings,
    advice,
    faults,
    laws,
    experiment: experiment ?? null,
    consequences: consequences.map(causeOf),
  };
}

function outcomeOf(outcome: Outcome): object {
  const { check, isRequired, state } = outcome;
  return {
    check: check.id,
    required: isRequired,
    state,
    ...('reason' in outcome ? { reason: outcome.reason } : {}),
    ...('severity' in outcome ? { severity: outcome.severity } : {}),
  };
}
