import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Report } from '../report.ts';
import { STATES } from '../state.ts';
import { groupAnchor } from './anchors.ts';
import { STATE_WORDS, verdictBadge } from './state-badge.ts';
import type { Content } from './table-part.ts';
import { tablePart } from './table-part.ts';

/** What ran, by group and state, with the way to each group. */
export function overviewPart({ groups }: Report): Element {
  const states = STATES.filter((state) =>
    groups.some(({ items }) => items.some((item) => item.state === state)),
  );
  const hasVerdicts = groups.some(({ verdict }) => verdict !== undefined);
  return h('nav', { ariaLabelledBy: ['overview'] }, [
    h('h2', { id: 'overview' }, 'What ran'),
    tablePart(
      'Results of each part',
      [
        { name: 'part' },
        ...(hasVerdicts ? [{ name: 'verdict' }] : []),
        ...states.map((state) => ({ name: STATE_WORDS[state].word, isNumber: true })),
      ],
      groups.map(({ title, verdict, items }, index) => [
        h('a', { href: `#${groupAnchor(index)}` }, title),
        ...(hasVerdicts ? [verdict === undefined ? '' : verdictBadge(verdict)] : []),
        ...states.map((state) => countPart(items.filter((item) => item.state === state).length)),
      ]),
    ),
  ]);
}

/** Zeros stand back, so that the eye finds what is there. */
function countPart(count: number): Content {
  return count === 0 ? h('span', { className: ['muted'] }, '0') : h('strong', String(count));
}
