import type { Check, CheckInput } from './check.ts';
import type { Checklist, ListedCheck } from './checklist.ts';
import type { LoggedRun } from './evidence/logged-run.ts';
import { seriesNamed } from './evidence/logged-run.ts';
import type { Series } from './evidence/series.ts';
import type { Finding } from './finding.ts';
import { SEVERITIES } from './finding.ts';
import type { Outcome, RunDiagnosis } from './outcome.ts';
import { namesTried } from './names-tried.ts';
import { ofModel } from './of-model.ts';
import { rankCauses } from './rank-causes.ts';
import { verdictOf } from './verdict.ts';

/** Holds a run against every check of a checklist. `today`, as `2026-11-21`, decides which suppressions still hold. */
export function judgeRun(run: LoggedRun, checklist: Checklist, today: string): RunDiagnosis {
  const outcomes = checklist.checks.map((listed) =>
    withSuppression(judge(run, listed, checklist), checklist, today),
  );
  return {
    run,
    checklist: checklist.name,
    ...verdictOf(run, outcomes),
    outcomes,
    causes: rankCauses(run, outcomes),
  };
}

function judge(
  run: LoggedRun,
  { check, severity, limits, isRequired }: ListedCheck,
  { model }: Checklist,
): Outcome {
  const needed = neededOf(run, check);
  if ('missing' in needed) {
    const reason = `needs ${needed.missing.join(' or ')} (tried ${namesTried(needed.missing, run.head.format)})`;
    return { check, isRequired, state: 'not-checked', reason };
  }
  const answer = check.judge({ run, series: needed.series, limits });
  if ('notChecked' in answer) return { check, isRequired, state: 'not-checked', reason: answer.notChecked };
  const findings = answer
    .map((found): Finding => ({
      ...found,
      check: check.id,
      severity: severity ?? found.severity ?? check.severity,
    }))
    .sort(
      (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.onset.by - b.onset.by,
    );
  const [worst, ...others] = findings;
  if (worst === undefined) return { check, isRequired, state: 'passed' };
  return {
    check,
    isRequired,
    state: 'found',
    severity: worst.severity,
    findings: [worst, ...others],
    faults: ofModel(worst.faults ?? check.faults, model),
    laws: ofModel(check.laws, model),
  };
}

function neededOf(
  run: LoggedRun,
  { needs }: Check,
): { readonly series: CheckInput['series'] } | { readonly missing: readonly string[] } {
  const series: Record<string, readonly Series[]> = {};
  for (const [need, alternatives] of Object.entries(needs)) {
    const found = alternatives.map((name) => seriesNamed(run, name)).find(({ length }) => length > 0);
    if (found === undefined) return { missing: alternatives };
    series[need] = found;
  }
  return { series };
}

function withSuppression(outcome: Outcome, { suppressions }: Checklist, today: string): Outcome {
  if (outcome.state !== 'found') return outcome;
  const { check, isRequired, findings } = outcome;
  const accepted = suppressions.find(
    ({ check: id, until }) => id === check.id && (until === undefined || until >= today),
  );
  if (accepted === undefined) return outcome;
  return { check, isRequired, state: 'suppressed', findings, reason: accepted.reason };
}
