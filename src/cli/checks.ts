import type { Check } from '../diagnosis/index.ts';
import { CHECKLIST_NAMES, checklistNamed, CHECKS, limitsOf } from '../diagnosis/index.ts';
import { paintFor } from '../reporting/paint.ts';
import { table } from '../reporting/table.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';

const HELP = `Without IDs: every check in one line, and the checklists. With IDs (ppo/* takes a group): what it looks at and why,
which metrics it needs and what logs call them, its limits with where they are from, what to do, and the faults and laws behind it.

A checklist is a YAML file:

  summary: our agents
  include: [ppo]                     # its checks, required ones and limits
  required: [ppo/first-minibatch]    # not healthy unless these ran and found nothing
  adjust:
    ppo/clip-fraction: { severity: sick, limits: { suspect: 0.5 } }
  own:
    ours/labour-floor:
      title: households hardly work
      wrong: labour < 0.1 and capital_labour < first(capital_labour) / 10
      for: 5                         # rows in succession
      severity: sick
  aliases: { my_loss: loss }
  suppress:
    - { check: general/plateau, reason: a stage of a longer training, until: 2027-06-30 }

Conditions are of mathjs, over metrics by their names here with _ for - (plumbline runs --names); first, last, least, most and
typical are of a whole series.`;

/** `plumbline checks [IDS]` */
export const checksCommand: Command = {
  help: HELP,
  arguments: [{ name: '[ids]', description: 'comma-separated IDs' }],
  options: [
    { flags: '--checklist <name>', description: 'the checks of a checklist, with its severities and limits' },
    { flags: '--json', description: 'print JSON' },
  ],
  run: async ([ids], { checklist, json }) => {
    const listed =
      typeof checklist === 'string'
        ? checklistNamed(checklist).checks
        : CHECKS.map((check) => ({
            check,
            limits: limitsOf(check),
            isRequired: undefined,
            severity: undefined,
          }));
    const known = listed.map(({ check }) => check.id);
    const chosen = ids === undefined ? known : choose('check', ids, known);
    const shown = listed
      .filter(({ check }) => chosen.includes(check.id))
      .map(({ check, limits, severity, isRequired }): ShownCheck => ({
        ...plain(check),
        severity: severity ?? check.severity,
        ...(isRequired === undefined ? {} : { required: isRequired }),
        limits: Object.entries(check.limits).map(([name, { value, meaning }]) => ({
          name,
          value: limits[name] ?? value,
          meaning,
        })),
      }));
    if (json === true) process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    else process.stdout.write(ids === undefined ? overview(shown) : `${shown.map(explained).join('\n\n')}\n`);
    return 0;
  },
};

type ShownCheck = ReturnType<typeof plain> & {
  readonly severity: string;
  readonly required?: boolean;
  readonly limits: readonly { readonly name: string; readonly value: number; readonly meaning: string }[];
};

function plain({ id, title, needs, why, advice, faults, laws, experiment, leadsTo }: Check) {
  return {
    id,
    title,
    needs: Object.values(needs),
    why,
    advice,
    faults,
    laws,
    experiment: experiment ?? null,
    leadsTo: leadsTo ?? [],
  };
}

function overview(checks: readonly ShownCheck[]): string {
  const lists = CHECKLIST_NAMES.map((name) => {
    const { summary, checks: all } = checklistNamed(name);
    const required = all.filter(({ isRequired }) => isRequired).length;
    return [name, `${summary}; ${all.length} checks, ${required} of them required`];
  });
  const rows = checks.map(({ id, severity, required, title }) => [
    id,
    required === true ? `${severity}, required` : severity,
    title,
  ]);
  return `${table(rows)}\n\nChecklists\n${table(lists, '  ')}\n`;
}

function explained(check: ShownCheck): string {
  const paint = paintFor(process.stdout);
  const rows: (readonly [string, string])[] = [
    ['finds', check.title],
    ['why', check.why],
    ['needs', check.needs.map((names) => names.join(' or ')).join('; ')],
    ...check.limits.map(({ name, value, meaning }) => ['limit', `${name} ${value}: ${meaning}`] as const),
    ['severity', check.severity],
    ['do', check.advice],
    ['causes', check.faults.join(', ')],
    ['laws', check.laws.join(', ')],
    ['compare', check.experiment ?? ''],
    ['leads to', check.leadsTo.join(', ')],
  ];
  return `${paint('bold', check.id)}\n${table(
    rows.filter(([, text]) => text !== ''),
    '  ',
  )}`;
}
