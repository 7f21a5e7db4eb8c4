import type { Severity } from './finding.ts';
import { SEVERITIES } from './finding.ts';
import type { RunDiagnosis } from './outcome.ts';

/** A check that found something in runs of one configuration. */
export interface SharedFinding {
  readonly check: string;
  readonly title: string;
  /** The worst of all. */
  readonly severity: Severity;
  /** IDs of the runs in which it did. */
  readonly runs: readonly string[];
}

/** Runs of one configuration, which differ by their seed. */
export interface RunGroup {
  readonly runs: readonly string[];
  /** What was found in any, the most common first: what all seeds show is no accident of one. */
  readonly findings: readonly SharedFinding[];
}

/** What differs between runs of one configuration: the seed, and what is made of it. */
const OF_ONE_RUN = new Set([
  'seed',
  'run',
  'run_name',
  'exp_name',
  'name',
  'resumedAt',
  'env_id_seed',
  't_start',
]);

/** Runs whose logged configurations are equal but for the seed; a run without a configuration stands alone. */
export function judgedTogether(diagnosed: readonly RunDiagnosis[]): readonly RunGroup[] {
  const groups = new Map<string, RunDiagnosis[]>();
  for (const one of diagnosed) {
    const settings = Object.entries(one.run.config).filter(([key]) => !OF_ONE_RUN.has(key));
    if (settings.length === 0) continue;
    const key = JSON.stringify(settings.sort(([a], [b]) => (a < b ? -1 : 1)));
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].filter(({ length }) => length > 1).map(groupOf);
}

function groupOf(members: readonly RunDiagnosis[]): RunGroup {
  const findings = new Map<string, SharedFinding>();
  for (const { run, outcomes } of members) {
    for (const outcome of outcomes) {
      if (outcome.state !== 'found') continue;
      const { id, title } = outcome.check;
      const known = findings.get(id);
      const severity = known === undefined ? outcome.severity : worse(known.severity, outcome.severity);
      findings.set(id, { check: id, title, severity, runs: [...(known?.runs ?? []), run.head.id] });
    }
  }
  return {
    runs: members.map(({ run }) => run.head.id),
    findings: [...findings.values()].sort(
      (a, b) =>
        b.runs.length - a.runs.length || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
    ),
  };
}

function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b) ? a : b;
}
