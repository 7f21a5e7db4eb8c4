import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { headlinesOf } from '../headlines.ts';
import type { Headline } from '../headlines.ts';
import type { Item } from '../item.ts';
import { onsetText } from '../onset-text.ts';
import type { Group, Report } from '../report.ts';
import { actionsPart } from './actions.ts';
import { groupAnchor, itemAnchor } from './anchors.ts';
import type { Branch } from './branches.ts';
import { branchesOf } from './branches.ts';
import { legendOf } from './chart-part.ts';
import { curveSvg } from './curve-svg.ts';
import { placePart } from './places.ts';

/** As many as a first screen can be read for; all stand below in full. */
const SHOWN = 8;

/** What broke, when, and what to do next: the first in full, the others in a list. Nothing where nothing did. */
export function brokenPart(report: Report): ElementContent[] {
  const [first, ...others] = headlinesOf(report);
  if (first === undefined) return [];
  const isBroken = report.verdict.exitCode === 1;
  const hidden = others.length - (SHOWN - 1);
  return [
    h('section', { className: ['broken'], ariaLabelledBy: ['broken'] }, [
      h(
        'h2',
        { id: 'broken' },
        isBroken ? 'What broke, when, and what to do' : 'What is not decided, and what to do',
      ),
      firstPart(first, report),
      ...(others.length === 0
        ? []
        : [
            h('h3', `And ${others.length} more`),
            h('ul', { className: ['others'] }, [
              ...others.slice(0, SHOWN - 1).map((one) => h('li', shortPart(one, report))),
              ...(hidden > 0 ? [h('li', `${hidden} more, below`)] : []),
            ]),
          ]),
    ]),
  ];
}

function firstPart({ group, item }: Headline, report: Report): Element {
  const { message, onset, places, consequences, next, details } = item;
  const [place] = places;
  const likeliest = item.suspects?.find(({ about }) => about !== '');
  const chart = details.find((section) => section.kind === 'chart');
  const series = group.series.find(({ name }) => name === chart?.series[0]);
  const row = (name: string, value: ElementContent[]): ElementContent[] => [h('dt', name), h('dd', value)];
  return h('div', { className: ['first'] }, [
    h('dl', [
      ...(report.groups.length === 1 ? [] : row('In', [groupLink(group, report)])),
      ...row(item.exitCode === 1 ? 'What broke' : 'What is open', [
        h('a', { href: `#${anchorOf({ group, item }, report)}`, className: ['what'] }, item.title),
        h('small', h('code', item.id)),
        ...(message === undefined ? [] : [h('p', message)]),
      ]),
      ...(onset === undefined ? [] : row('When', [{ type: 'text', value: onsetText(onset) }])),
      ...(place === undefined ? [] : row('Where', placePart(place))),
      ...(consequences.length === 0 ? [] : row('What follows', [followText(followingOf(item, group.items))])),
      ...(likeliest === undefined
        ? []
        : row('Likeliest of the known causes', [
            h('p', { className: ['cause'] }, likeliest.about),
            h('small', h('code', likeliest.id)),
          ])),
      ...(next.length === 0 ? [] : row('What to do next', [actionsPart(next)])),
    ]),
    ...(chart === undefined || series === undefined
      ? []
      : [
          h('figure', [
            h('figcaption', h('code', series.name)),
            curveSvg(series, chart, 'large'),
            ...legendOf(chart, [series]),
          ]),
        ]),
  ]);
}

/** All that follows, step by step: a cause leads to what leads to more. */
function followingOf(item: Item, items: readonly Item[]): number {
  const branch = branchesOf(items).find((one) => one.item === item);
  const size = ({ follow }: Branch): number => follow.reduce((sum, one) => sum + 1 + size(one), 0);
  return branch === undefined ? item.consequences.length : size(branch);
}

function followText(count: number): ElementContent {
  return { type: 'text', value: `${count} further ${count === 1 ? 'finding' : 'findings'}` };
}

function shortPart({ group, item }: Headline, report: Report): ElementContent[] {
  const when =
    item.onset === undefined ? [] : [h('span', { className: ['muted'] }, `, ${onsetText(item.onset)}`)];
  return [
    h('a', { href: `#${anchorOf({ group, item }, report)}` }, item.title),
    ...when,
    h('small', [
      h('code', item.id),
      ...(report.groups.length === 1 ? [] : [' in ', groupLink(group, report)]),
    ]),
  ];
}

function groupLink(group: Group, { groups }: Report): Element {
  return h('a', { href: `#${groupAnchor(groups.indexOf(group))}` }, group.title);
}

function anchorOf({ group, item }: Headline, { groups }: Report): string {
  return itemAnchor(groups.indexOf(group), group.items.indexOf(item));
}
