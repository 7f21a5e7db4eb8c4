import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Item } from '../item.ts';
import type { Group } from '../report.ts';
import { actionsPart } from './actions.ts';
import { groupAnchor } from './anchors.ts';
import type { Branch } from './branches.ts';
import { branchesOf } from './branches.ts';
import { nameOf } from './chart-part.ts';
import { curveSvg } from './curve-svg.ts';
import { factsPart } from './facts.ts';
import { heading } from './heading.ts';
import type { Context } from './item-part.ts';
import { foldedItem, itemPart } from './item-part.ts';
import { sectionPart } from './section-part.ts';
import { verdictBadge } from './state-badge.ts';
import { tablePart } from './table-part.ts';

/** A group: what is wrong with all that is known of it, then the rest, folded. Its headings begin at level 2. */
export function groupPart(group: Group, index: number): Element {
  const branches = branchesOf(group.items);
  const isQuiet = ({ item, follow }: Branch): boolean =>
    item.exitCode === 0 && follow.length === 0 && (item.state === 'passed' || item.state === 'not-checked');
  const told = branches.filter((branch) => !isQuiet(branch));
  const quiet = branches.filter(isQuiet).map(({ item }) => item);
  const context = { group, index, level: 3 };
  const id = groupAnchor(index);
  return h('section', { id, ariaLabelledBy: [`${id}-title`] }, [
    h('div', { className: ['group-head'] }, [
      h('h2', { id: `${id}-title` }, group.title),
      ...(group.verdict === undefined ? [] : [verdictBadge(group.verdict)]),
    ]),
    ...(group.facts.length === 0 ? [] : [factsPart(group.facts)]),
    ...told.filter(({ item }) => item.exitCode !== 0).map((branch) => itemPart(branch, context)),
    ...alsoSeen(
      told.filter(({ item }) => item.exitCode === 0),
      context,
    ),
    ...group.sections.flatMap((section) => sectionPart(section, group.series, 3)),
    ...notChecked(quiet.filter(({ state }) => state === 'not-checked')),
    ...passed(quiet.filter(({ state }) => state === 'passed')),
    ...allSeries(group),
  ]);
}

function alsoSeen(branches: readonly Branch[], context: Context): ElementContent[] {
  if (branches.length === 0) return [];
  return [heading(3, 'Also seen'), ...branches.map((branch) => foldedItem(branch, { ...context, level: 4 }))];
}

function notChecked(items: readonly Item[]): ElementContent[] {
  if (items.length === 0) return [];
  const hasActions = items.some(({ next }) => next.length > 0);
  return folded(
    `Not checked, and why: ${items.length}`,
    tablePart(
      'What was not checked, and why',
      [
        { name: 'ID' },
        { name: 'about' },
        { name: 'why' },
        ...(hasActions ? [{ name: 'to have it checked' }] : []),
      ],
      items.map(({ id, title, message, next }) => [
        h('code', id),
        title,
        message ?? '',
        ...(hasActions ? [next.length === 0 ? '' : actionsPart(next)] : []),
      ]),
    ),
  );
}

function passed(items: readonly Item[]): ElementContent[] {
  if (items.length === 0) return [];
  const hasMessages = items.some(({ message }) => message !== undefined);
  return folded(
    `Passed: ${items.length}`,
    tablePart(
      'What was checked and passed',
      [{ name: 'ID' }, { name: 'about' }, ...(hasMessages ? [{ name: 'what was found' }] : [])],
      items.map(({ id, title, message }) => [h('code', id), title, ...(hasMessages ? [message ?? ''] : [])]),
    ),
  );
}

function allSeries({ series }: Group): ElementContent[] {
  if (series.length === 0) return [];
  return folded(
    `All series of the log: ${series.length}`,
    h(
      'div',
      { className: ['curves'] },
      series.map((one) => h('figure', [nameOf(one), curveSvg(one, {}, 'small')])),
    ),
  );
}

function folded(summary: string, content: ElementContent): ElementContent[] {
  return [h('details', { className: ['rest'] }, [h('summary', heading(3, summary)), content])];
}
