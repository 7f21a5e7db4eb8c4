import type { Diagnosis, RunVerdict } from '../diagnosis/index.ts';
import { CHECKLIST_NAMES, checklistNamed, diagnose } from '../diagnosis/index.ts';
import { InputError } from '../errors.ts';
import { diagnosisJson } from '../reporting/diagnosis-json.ts';
import { diagnosisTerminal } from '../reporting/diagnosis-terminal.ts';
import { paintFor } from '../reporting/paint.ts';
import { versions } from '../version.ts';
import type { Command } from './command.ts';
import { watch } from './diagnose/watch.ts';
import { aliasesIn } from './runs/aliases.ts';
import { wholeNumber } from './whole-number.ts';

const help =
  (): string => `Reads the logs of any training, as plumbline runs does, and says of each run what broke, at which step, what follows from
it, and which law tests the cause. Checks are held together in checklists; the one that fits the metrics of a run is chosen.

Checklists: ${CHECKLIST_NAMES.join(', ')}. plumbline checks explains them, and how to write one.

Exit code: 0 every run is healthy: all required checks ran and found nothing; 1 a run is sick; 2 a run is suspect or could not be
judged, nothing was read, or wrong usage. What was not read or not judged is never called healthy.

  plumbline diagnose runs/mine
  plumbline diagnose results/ --checklist ppo --alias critic=value-loss
  plumbline diagnose runs/after --baseline runs/before
  plumbline diagnose runs/live --watch --stop-on sick || kill %1
  plumbline diagnose wandb/run-7 --json`;

const EXIT_CODES = { healthy: 0, sick: 1, suspect: 2, 'not-judged': 2 } as const;

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
  ],
  run: async (paths, { checklist, alias, baseline, step, watch: live, every, stopOn, all, json }) => {
    const verdict = stopOn === undefined ? undefined : verdictNamed(stopOn);
    if (verdict !== undefined && live !== true) throw withoutWatch();
    const options = {
      aliases: aliasesIn(alias as readonly string[]),
      today: new Date().toISOString().slice(0, 10),
      ...(typeof checklist === 'string' ? { checklist: checklistNamed(checklist) } : {}),
      ...(typeof baseline === 'string' ? { baseline } : {}),
      ...(typeof step === 'string' ? { stepKey: step } : {}),
    };
    const tell = (diagnosis: Diagnosis): void => {
      process.stdout.write(
        json === true
          ? diagnosisJson(diagnosis, versions())
          : `${diagnosisTerminal(diagnosis, { paint: paintFor(process.stdout), all: all === true })}\n`,
      );
    };
    if (live !== true) {
      const diagnosis = await diagnose(paths, options);
      tell(diagnosis);
      return EXIT_CODES[diagnosis.verdict];
    }
    const stopped = new AbortController();
    const stop = (): void => {
      stopped.abort();
    };
    process.once('SIGINT', stop);
    try {
      const last = await watch({
        paths,
        everyMs: 1000 * wholeNumber('--every', every),
        ...(verdict === undefined ? {} : { stopOn: verdict }),
        judge: async () => diagnose(paths, { ...options, isLive: true }),
        tell: (diagnosis) => {
          if (json !== true) process.stdout.write(`\n${new Date().toISOString().slice(0, 19)}Z\n`);
          tell(diagnosis);
        },
        signal: stopped.signal,
      });
      return EXIT_CODES[last.verdict];
    } finally {
      process.off('SIGINT', stop);
    }
  },
};

const VERDICTS = Object.keys(EXIT_CODES) as readonly RunVerdict[];

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
