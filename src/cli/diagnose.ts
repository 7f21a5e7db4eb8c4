import { CHECKLIST_NAMES, checklistNamed, diagnose } from '../diagnosis/index.ts';
import { diagnosisJson } from '../reporting/diagnosis-json.ts';
import { diagnosisTerminal } from '../reporting/diagnosis-terminal.ts';
import { paintFor } from '../reporting/paint.ts';
import { versions } from '../version.ts';
import type { Command } from './command.ts';
import { aliasesIn } from './runs/aliases.ts';

const help =
  (): string => `Reads the logs of any training, as plumbline runs does, and says of each run what broke, at which step, what follows from
it, and which law tests the cause. Checks are held together in checklists; the one that fits the metrics of a run is chosen.

Checklists: ${CHECKLIST_NAMES.join(', ')}. plumbline checks explains them, and how to write one.

Exit code: 0 every run is healthy: all required checks ran and found nothing; 1 a run is sick; 2 a run is suspect or could not be
judged, nothing was read, or wrong usage. What was not read or not judged is never called healthy.

  plumbline diagnose runs/mine
  plumbline diagnose results/ --checklist ppo --alias critic=value-loss
  plumbline diagnose runs/after --baseline runs/before
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
    { flags: '--all', description: 'tell every check: what passed, and what could not be checked and why' },
    { flags: '--json', description: 'print JSON' },
  ],
  run: async (paths, { checklist, alias, baseline, step, all, json }) => {
    const diagnosis = await diagnose(paths, {
      aliases: aliasesIn(alias as readonly string[]),
      today: new Date().toISOString().slice(0, 10),
      ...(typeof checklist === 'string' ? { checklist: checklistNamed(checklist) } : {}),
      ...(typeof baseline === 'string' ? { baseline } : {}),
      ...(typeof step === 'string' ? { stepKey: step } : {}),
    });
    process.stdout.write(
      json === true
        ? diagnosisJson(diagnosis, versions())
        : `${diagnosisTerminal(diagnosis, { paint: paintFor(process.stdout), all: all === true })}\n`,
    );
    return EXIT_CODES[diagnosis.verdict];
  },
};
