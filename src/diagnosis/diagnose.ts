import { setImmediate } from 'node:timers/promises';
import { InputError } from '../errors.ts';
import type { Problem, ReadOptions, UserAlias } from '../runs/index.ts';
import { findLogs, meaningsFor, PROBLEM_KINDS, readLogs } from '../runs/index.ts';
import type { Checklist } from './checklist.ts';
import { CHECKLIST_NAMES, checklistFor, checklistNamed } from './checklists.ts';
import type { LoggedRun } from './evidence/logged-run.ts';
import { compareRuns } from './compare.ts';
import type { RunGroup } from './together.ts';
import { judgedTogether } from './together.ts';
import { RunsCollector } from './evidence/runs-collector.ts';
import { judgeRun } from './judge-run.ts';
import type { RunDiagnosis, RunVerdict } from './outcome.ts';

export interface DiagnoseOptions extends ReadOptions {
  readonly aliases?: readonly UserAlias[];
  /** The checklist for every run; chosen by the metrics of each unless given. */
  readonly checklist?: Checklist;
  /** Path of the log of one good run, with which each is compared. */
  readonly baseline?: string;
  /** Of a log that is still written to the last record may be cut off: that loses nothing. */
  readonly isLive?: boolean;
  /** As `2026-11-21`: decides which suppressions still hold. */
  readonly today: string;
}

/** What is known of the logs at some paths. */
export interface Diagnosis {
  readonly verdict: RunVerdict;
  readonly runs: readonly RunDiagnosis[];
  /** Runs of one configuration, judged together. */
  readonly groups: readonly RunGroup[];
  /** Of files that could not be read. */
  readonly problems: readonly Problem[];
  /** The signal came before every log was read and every run judged. */
  readonly isInterrupted: boolean;
}

/** The runs in the logs at some paths, as checks look at them, and what could not be read. */
export async function collectRuns(
  paths: readonly string[],
  { aliases = [], ...options }: ReadOptions & { readonly aliases?: readonly UserAlias[] },
): Promise<{ readonly runs: readonly LoggedRun[]; readonly problems: readonly Problem[] }> {
  const { found, problems } = findLogs(paths);
  const byFormat = new Map<string, ReturnType<typeof meaningsFor>>();
  const collector = new RunsCollector((format, name) => {
    const meanings = byFormat.get(format) ?? meaningsFor(format, aliases);
    byFormat.set(format, meanings);
    return meanings(name);
  });
  await readLogs(found, collector, options);
  return { runs: withRunsBehind(collector.runs), problems: [...problems, ...collector.problems] };
}

/** Of several runs in one log the first is the one that the others stand behind. */
function withRunsBehind(runs: readonly LoggedRun[]): readonly LoggedRun[] {
  return runs.map((run) => {
    const others = runs.filter(({ head }) => head.id.startsWith(`${run.head.id}#`)).length;
    return others === 0 ? run : { ...run, runsBehind: others };
  });
}

/**
 * Reads logs and says of each run what broke, when, and why.
 *
 * @throws InputError as `findLogs` and `checklistNamed`
 */
export async function diagnose(paths: readonly string[], options: DiagnoseOptions): Promise<Diagnosis> {
  const { checklist, today, baseline: path, isLive = false, aliases = [], ...others } = options;
  const reading = { ...others, aliases: [...(checklist?.aliases ?? []), ...aliases] };
  const baseline = path === undefined ? undefined : await baselineAt(path, reading);
  const { runs: collected, problems } = await collectRuns(paths, reading);
  const runs = isLive ? collected.map(withoutCutEnd) : collected;
  const lists = CHECKLIST_NAMES.map(checklistNamed);
  const diagnosed: RunDiagnosis[] = [];
  for (const run of runs) {
    // A run may take seconds: between two of them the signal is heard.
    await setImmediate();
    if (options.signal?.aborted === true) break;
    diagnosed.push({
      ...judgeRun(run, checklist ?? checklistFor(run, lists), today),
      ...(baseline === undefined ? {} : { comparison: compareRuns(run, baseline) }),
    });
  }
  const isInterrupted = options.signal?.aborted === true;
  return {
    verdict: verdictOfAll(diagnosed, problems, isInterrupted),
    runs: diagnosed,
    groups: judgedTogether(diagnosed),
    problems,
    isInterrupted,
  };
}

function withoutCutEnd(run: LoggedRun): LoggedRun {
  return { ...run, problems: run.problems.filter(({ kind }) => kind !== 'record-cut-off') };
}

/** @throws InputError `baseline-unusable` for a log that holds no run, or several, or was not read whole */
async function baselineAt(
  path: string,
  reading: ReadOptions & { readonly aliases: readonly UserAlias[] },
): Promise<LoggedRun> {
  const { runs, problems } = await collectRuns([path], reading);
  const [run] = runs;
  const lost = [...problems, ...runs.flatMap((one) => one.problems)].find(
    ({ kind }) => PROBLEM_KINDS[kind].lost,
  );
  if (run !== undefined && runs.length === 1 && lost === undefined) return run;
  throw new InputError({
    code: 'baseline-unusable',
    what: 'the baseline is not one run that can be read whole',
    given: lost === undefined ? `${path}, with ${runs.length} runs` : `${path}: ${lost.what}`,
    expected: 'the log of one good run',
    todo: `plumbline runs ${path} shows what is in it`,
  });
}

/** What can be said of all runs at once: never more than of each. */
function verdictOfAll(
  runs: readonly RunDiagnosis[],
  problems: readonly Problem[],
  isInterrupted: boolean,
): RunVerdict {
  const verdicts = runs.map(({ verdict }) => verdict);
  if (verdicts.includes('sick')) return 'sick';
  const isLost = isInterrupted || problems.some(({ kind }) => PROBLEM_KINDS[kind].lost);
  if (isLost || runs.length === 0 || verdicts.includes('not-judged')) return 'not-judged';
  return verdicts.includes('suspect') ? 'suspect' : 'healthy';
}
