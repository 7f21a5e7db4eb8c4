import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../errors.ts';
import { closestName } from '../closest-name.ts';
import { packageRoot } from '../version.ts';
import type { Checklist, ChecklistSource } from './checklist.ts';
import { checklistText, parseChecklist } from './checklist.ts';
import type { LoggedRun } from './evidence/logged-run.ts';
import { seriesNamed } from './evidence/logged-run.ts';

const FOLDER = join(packageRoot(), 'fixtures', 'checklists');

const ENDING = '.yaml';

/** The list that every log can be held against. */
const FALLBACK = 'general';

/** Names of the checklists that Plumbline brings. */
export const CHECKLIST_NAMES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => basename(file, ENDING))
  .sort();

/** @throws InputError `checklist-unknown`, with the nearest name; `checklist-unreadable` */
const source: ChecklistSource = (name) => {
  const isFile = name.endsWith(ENDING) || name.endsWith('.yml') || name.includes('/');
  if (isFile) return { file: name, text: checklistText(name) };
  if (!CHECKLIST_NAMES.includes(name)) {
    const near = closestName(name, CHECKLIST_NAMES);
    throw new InputError({
      code: 'checklist-unknown',
      what: 'there is no checklist of this name',
      given: name,
      expected: `${CHECKLIST_NAMES.join(', ')}, or the path of a YAML file`,
      ...(near === undefined ? {} : { todo: `perhaps ${near}` }),
    });
  }
  const file = join(FOLDER, `${name}${ENDING}`);
  return { file, text: checklistText(file) };
};

/** The checklist of this name, or at this path. @throws InputError as `parseChecklist` */
export function checklistNamed(name: string): Checklist {
  return parseChecklist(name, source);
}

/**
 * The checklist for a run: of those of which it has metrics, the one of which it has the greatest share, and of equal ones
 * the one that asks for more; the general one where there is none.
 */
export function checklistFor(run: LoggedRun, lists: readonly Checklist[]): Checklist {
  const shares = lists.map((list) => {
    const there = list.choose.filter((metric) => seriesNamed(run, metric).length > 0).length;
    return { list, share: list.choose.length === 0 ? 0 : there / list.choose.length };
  });
  const [best] = shares
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share || b.list.choose.length - a.list.choose.length);
  return best?.list ?? checklistNamed(FALLBACK);
}

/** One metric of a common name, as `return`, does not make a log one of an agent. */
const LEAST_SHARE = 0.5;
