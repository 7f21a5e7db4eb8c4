import { placeText } from '../../runs/index.ts';
import type { Action, Item, ReportPlace } from './item.ts';
import { onsetText } from './onset-text.ts';

/** All that an item says but its details, as lines of plain text. */
export function itemText({ message, onset, places, consequences, next }: Item): string {
  return [
    ...(message === undefined ? [] : [message]),
    ...(onset === undefined ? [] : [`when: ${onsetText(onset)}`]),
    ...places.map((place) => `where: ${whereText(place)}`),
    ...(consequences.length === 0 ? [] : [`what follows from it: ${consequences.join(', ')}`]),
    ...next.map((action) => `do: ${actionText(action)}`),
  ].join('\n');
}

/** `log.csv, line 3: loss = 7 at step 2` */
export function whereText({ what, ...place }: ReportPlace): string {
  return what === undefined ? placeText(place) : `${placeText(place)}: ${what}`;
}

/** What to do, with the command that does it behind a colon. */
export function actionText({ text, command }: Action): string {
  return command === undefined ? text : `${text}: ${command}`;
}
