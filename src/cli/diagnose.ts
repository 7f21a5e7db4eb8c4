import type { Diagnosis, RunVerdict } from '../diagnosis/index.ts';
import { CHECKLIST_NAMES, checklistNamed, diagnose } from '../diagnosis/index.ts';
import { InputError } from '../errors.ts';
import { diagnosisJson } from '../reporting/diagnosis-json.ts';
import { diagnosisTerminal } from '../reporting/diagnosis-terminal.ts';
import { paintFor } from '../reporting/paint.ts';
import { DIAGNOSIS_EXIT_CODES, reportOfDiagnosis } from '../reporting/report/from-diagnosis.ts';
import type { Report } from '../reporting/report/report.ts';
import { versions } from '../version.ts';
import type { Command } from './command.ts';
import { watch } from './diagnose/watch.ts';
import { listenForInterruption } from './interruption.ts';
import { versionFacts } from './report/facts.ts';
import { openReports, reportOption } from './report/reports.ts';
import { aliasesIn } from './runs/aliases.ts';
import { wholeNumber } from './whole-number.ts';

const help =
  (): string => `Reads the logs of any training, as plumbline runs does, and says of each run what broke, at which step, what follows from
it, and which law tests the cause. Checks are held together in checklists; the one that fits the metrics of a run is chosen.

Checklists: ${CHECKLIST_NAMES.join(', ')}. plumbline checks explains them, and how to write one.

Exit code: 0 every run is healthy: all required checks ran and found nothing; 1 a run is sick; 2 a run is suspect or could not be
judged, nothing was read, Ctrl-C came before all was judged, or wrong usage. What was not read or not judged is never called healthy.

  plumbline diagnose runs/mine
  plumbline diagnose results/ --checklist ppo --alias critic=value-loss
  plumbline diagnose runs/after --baseline runs/before
  plumbline diagnose runs/live --watch --stop-on sick || kill %1
  plumbline diagnose wandb/run-7 --json
  plumbline diagnose runs/mine --report diagnosis.md --report diagnosis.sarif

Ctrl-C ends it, with what was judged so far in every report, which says so. With --watch, reports are written anew whenever
what is told changes.`;

/** `plumbline diagnose PATH…` */
export const diagnoseCommand: Command = {
  help,
  arguments: [{ name: '<paths...>', description: 'logs, or folders with logs in them' }],
  options: [
    { flags: '--checklist <name>', description: 'a checklist by name, or the path of a YAML file' },
    {
      flags: '--alias <mine=canonical>',
      description: 'what a name in the log means (repeatable)',
      repeatable: true,
    },
    { flags: '--baseline <run>', description: 'the log of a good run, with which each metric is compared' },
    { flags: '--step <key>', description: 'the key that counts steps, in tables and JSON' },
    {
      flags: '--watch',
      description: 'follow a live run: judge it anew whenever its log has grown, until Ctrl-C',
    },
    { flags: '--every <s>', description: 'with --watch: seconds between two looks', defaultValue: '5' },
    {
      flags: '--stop-on <verdict>',
      description: 'with --watch: end at this verdict, with its exit code (sick)',
    },
    { flags: '--all', description: 'tell every check: what passed, and what could not be checked and why' },
    { flags: '--json', description: 'print JSON' },
    reportOption,
  ],
  run: async (paths, raw) => {
    const { checklist, alias, baseline, step, watch: live, every, stopOn, all, json } = raw;
    const verdict = stopOn === undefined ? undefined : verdictNamed(stopOn);
    if (verdict !== undefined && live !== true) throw withoutWatch();
    const options = {
      aliases: aliasesIn(alias as readonly string[]),
      today: new Date().toISOString().slice(0, 10),
      ...(typeof checklist === 'string' ? { checklist: checklistNamed(checklist) } : {}),
      ...(typeof baseline === 'string' ? { baseline } : {}),
      ...(typeof step === 'string' ? { stepKey: step } : {}),
    };
    const everyMs = 1000 * wholeNumber('--every', every);
    const reports = openReports(raw['report']);
    const interruption = listenForInterruption(() => undefined);
    const { signal } = interruption;
    const explainFault = reports.isAsked ? await faultSummaries() : undefined;
    const reportOf = (diagnosis: Diagnosis): Report => {
      const by = interruption.by();
      return reportOfDiagnosis(diagnosis, {
        facts: versionFacts(),
        ...(explainFault === undefined ? {} : { explainFault }),
        ...(by === undefined ? {} : { interruptedBy: by }),
      });
    };
    const tell = (diagnosis: Diagnosis): void => {
      process.stdout.write(
        json === true
          ? diagnosisJson(diagnosis, versions())
          : `${diagnosisTerminal(diagnosis, { paint: paintFor(process.stdout), all: all === true })}\n`,
      );
    };
    try {
      const last =
        live === true
          ? await watch({
              paths,
              everyMs,
              ...(verdict === undefined ? {} : { stopOn: verdict }),
              judge: async () => diagnose(paths, { ...options, isLive: true }),
              tell: async (diagnosis) => {
                if (json !== true) process.stdout.write(`\n${new Date().toISOString().slice(0, 19)}Z\n`);
                tell(diagnosis);
                if (reports.isAsked) await reports.write(reportOf(diagnosis));
              },
              signal,
            })
          : await diagnose(paths, { ...options, signal });
      if (live !== true) tell(last);
      if (reports.isAsked) await reports.publish(reportOf(last));
      return DIAGNOSIS_EXIT_CODES[last.verdict];
    } finally {
      interruption.stop();
    }
  },
};

/** What each documented bug does; only reports tell it, and the laws take a second to load. */
async function faultSummaries(): Promise<(id: string) => string | undefined> {
  const { FAULTS } = await import('../../invariants/index.ts');
  const summaries = new Map(FAULTS.map(({ id, summary }) => [id, summary]));
  return (id) => summaries.get(id);
}

const VERDICTS = Object.keys(DIAGNOSIS_EXIT_CODES) as readonly RunVerdict[];

/** @throws InputError `option-invalid` */
function verdictNamed(name: unknown): RunVerdict {
  const verdict = VERDICTS.find((one) => one === name);
  if (verdict !== undefined) return verdict;
  throw new InputError({
    code: 'option-invalid',
    what: '--stop-on names no verdict',
    given: String(name),
    expected: VERDICTS.join(', '),
  });
}

function withoutWatch(): InputError {
  return new InputError({
    code: 'option-invalid',
    what: 'there is nothing to stop without --watch',
    given: '--stop-on',
    expected: '--stop-on together with --watch',
  });
}
