import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Action } from '../item.ts';

/** What to do, the first thing first. A click takes the whole of a command. */
export function actionsPart(actions: readonly Action[]): Element {
  return h(
    'ol',
    { className: ['actions'] },
    actions.map(({ text, command }) =>
      h('li', [
        command === undefined ? text : `${text}:`,
        ...(command === undefined ? [] : [h('code', { className: ['command'] }, breakable(command))]),
      ]),
    ),
  );
}

/** Lines break behind words and commas, and not in an ID; what is copied is the same. */
function breakable(command: string): Element[] {
  return command.split(/(?<=[ ,])/).map((part) => h('span', part));
}
