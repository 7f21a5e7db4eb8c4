import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Item } from '../item.ts';
import { onsetText } from '../onset-text.ts';
import type { Group } from '../report.ts';
import { actionsPart } from './actions.ts';
import { itemAnchor } from './anchors.ts';
import type { Branch } from './branches.ts';
import { heading } from './heading.ts';
import { placePart, placesBeside } from './places.ts';
import { sectionPart } from './section-part.ts';
import { stateBadge } from './state-badge.ts';

/** Where in the report an item stands. */
export interface Context {
  readonly group: Group;
  /** Place of the group in the report. */
  readonly index: number;
  /** Of the heading of the item. */
  readonly level: number;
}

/** All that is known of an item, and, folded away, of what follows from it. */
export function itemPart({ item, follow }: Branch, context: Context): Element {
  return h('article', { id: anchorOf(item, context) }, [
    h('div', { className: ['item-head'] }, [stateBadge(item.state), heading(context.level, item.title)]),
    ...body({ item, follow }, context),
  ]);
}

/** The same, folded: its title and when it began can be read. */
export function foldedItem({ item, follow }: Branch, context: Context): Element {
  const when = item.onset === undefined ? [] : [h('span', { className: ['muted'] }, onsetText(item.onset))];
  return h('details', { id: anchorOf(item, context), className: ['folded'] }, [
    h('summary', [stateBadge(item.state), heading(context.level, item.title), ...when]),
    ...body({ item, follow }, context),
  ]);
}

function anchorOf(item: Item, { group, index }: Context): string {
  return itemAnchor(index, group.items.indexOf(item));
}

function body({ item, follow }: Branch, context: Context): ElementContent[] {
  const { id, message, onset, about, next, details } = item;
  const below = { ...context, level: context.level + 1 };
  const places = placesBeside(item);
  return [
    ...(message === undefined ? [] : [h('p', { className: ['message'] }, message)]),
    ...(about === undefined || isSaid(about, details) ? [] : [h('p', { className: ['muted'] }, about)]),
    h('dl', { className: ['facts'] }, [
      ...fact('ID', [h('code', id)]),
      ...(onset === undefined ? [] : fact('When', [text(onsetText(onset))])),
      ...places.flatMap((place, index) => fact(index === 0 ? 'Where' : 'See also', placePart(place))),
      ...details.flatMap((section) =>
        section.kind === 'text' ? fact(section.title, [text(section.text)]) : [],
      ),
    ]),
    ...(next.length === 0 ? [] : [heading(below.level, 'What to do next'), actionsPart(next)]),
    ...details
      .filter(({ kind }) => kind !== 'text')
      .flatMap((section) => sectionPart(section, context.group.series, below.level)),
    ...(follow.length === 0
      ? []
      : [
          heading(below.level, 'What follows from it'),
          ...follow.map((branch) => foldedItem(branch, { ...below, level: below.level + 1 })),
        ]),
  ];
}

/** Whether texts of the details say it, in parts. */
function isSaid(about: string, details: Item['details']): boolean {
  return details.some((section) => section.kind === 'text' && about.includes(section.text));
}

function fact(name: string, value: ElementContent[]): ElementContent[] {
  return [h('dt', name), h('dd', value)];
}

function text(value: string): ElementContent {
  return { type: 'text', value };
}
