import type { RootContent } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Headline } from './headlines.ts';
import { headlinesOf } from './headlines.ts';
import { code, folded, heading, items, paragraph, strong, table, text } from './markdown-nodes.ts';
import { onsetText } from './onset-text.ts';
import { whereText } from './item-text.ts';
import type { Report } from './report.ts';
import type { Section } from './section.ts';
import type { State } from './state.ts';

/** What a comment on GitHub may hold, in characters. */
export const COMMENT_LIMIT = 65_536;

/** Rows that are read of a table in a comment; the other forms of the report have them all. */
const ROWS = 30;

const STATE_WORDS: Readonly<Record<State, string>> = {
  failed: 'failed',
  suspect: 'suspect',
  remark: 'remarks',
  accepted: 'accepted',
  'not-checked': 'not checked',
  passed: 'passed',
};

const ICONS = { good: '✅', bad: '❌', open: '⚠️' } as const;

/** A report as GitHub Flavored Markdown of at most so many characters: the verdict, what broke, what to do, what was not checked. */
export function markdown(report: Report, limit = COMMENT_LIMIT): string {
  const { title, verdict, partial, groups, facts, sections } = report;
  const blocks: readonly (readonly RootContent[])[] = [
    [
      heading(2, `${ICONS[verdict.tone]} ${verdict.word}: ${title}`),
      paragraph([strong(verdict.sentence)]),
      ...(partial === undefined
        ? []
        : [paragraph([text(`This report is partial, and no pass: ${partial}.`)])]),
    ],
    ...headlinesOf(report).map(headlineBlocks),
    ...groups.flatMap((group) => group.sections.map((section) => sectionNodes(section))),
    ...sections.map((section) => sectionNodes(section)),
    [heading(3, 'What was judged'), countsTable(report)],
    ...groups.map((group) => uncheckedNodes(group.title, group.items)),
    folded('How it ran', [
      table(
        ['', ''],
        [...facts, ...groups.flatMap((group) => group.facts)].map(({ name, value }) => [name, value]),
      ),
    ]),
  ];
  return withinLimit(blocks, limit);
}

function headlineBlocks({ group, item }: Headline): readonly RootContent[] {
  const { id, title, state, message, onset, places, consequences, next, details } = item;
  const after = group.items.filter((one) => consequences.includes(one.id));
  const facts = [
    [text(`${STATE_WORDS[state]} in `), code(group.title)],
    ...(onset === undefined ? [] : [[text(`When: ${onsetText(onset)}`)]]),
    ...(message === undefined ? [] : [[text(`What: ${message}`)]]),
    ...places.slice(0, 1).map((place) => [text('Where: '), code(whereText(place))]),
    ...after.map((one) => [
      text(
        `What follows from it: ${one.title}${one.onset === undefined ? '' : `, ${onsetText(one.onset)}`} `,
      ),
      code(one.id),
    ]),
  ];
  const steps = next.map(({ text: what, command }) => [
    text(what),
    ...(command === undefined ? [] : [text(': '), code(command)]),
  ]);
  return [
    heading(3, title, id),
    items(facts),
    ...(steps.length === 0 ? [] : [paragraph([strong('What to do next')]), items(steps)]),
    ...details.flatMap((section) => sectionNodes(section)),
  ];
}

/** A section in what a comment can show; charts and figures are in the page. */
function sectionNodes(section: Section): readonly RootContent[] {
  if (section.kind === 'text') return [paragraph([strong(section.title), text(`: ${section.text}`)])];
  if (section.kind === 'listing') return folded(section.title, [{ type: 'code', value: section.text }]);
  if (section.kind === 'table')
    return folded(section.title, [
      shortTable(
        section.columns.map(({ name }) => name),
        section.rows,
      ),
    ]);
  if (section.kind === 'matrix') {
    const rows = section.rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell?.text ?? '–')]);
    const isBad = section.rows.map(({ cells }) =>
      cells.some((cell) => cell !== null && cell.state !== 'passed'),
    );
    const sorted = [...rows.filter((_, index) => isBad[index]), ...rows.filter((_, index) => !isBad[index])];
    return folded(section.title, [shortTable([section.rowTitle, ...section.columns], sorted)]);
  }
  return [];
}

function shortTable(head: readonly string[], rows: readonly (readonly string[])[]): RootContent {
  const more = rows.length - ROWS;
  if (more <= 0) return table(head, rows);
  return table(head, [...rows.slice(0, ROWS), [`… and ${more} more`, ...head.slice(1).map(() => '')]]);
}

function countsTable({ groups }: Report): RootContent {
  const states = (Object.keys(STATE_WORDS) as State[]).filter((state) =>
    groups.some((group) => group.items.some((item) => item.state === state)),
  );
  return table(
    ['', ...states.map((state) => STATE_WORDS[state])],
    groups.map((group) => [
      group.title,
      ...states.map((state) => String(group.items.filter((item) => item.state === state).length)),
    ]),
  );
}

function uncheckedNodes(title: string, all: Report['groups'][number]['items']): readonly RootContent[] {
  const unchecked = all.filter(({ state }) => state === 'not-checked' || state === 'accepted');
  if (unchecked.length === 0) return [];
  return folded(`Not checked in ${title}, and why`, [
    shortTable(
      ['', 'why'],
      unchecked.map(({ id, message = '' }) => [id, message]),
    ),
  ]);
}

/** Blocks as long as they fit; that some did not is said. */
function withinLimit(blocks: readonly (readonly RootContent[])[], limit: number): string {
  const told: string[] = [];
  const note = 'The rest did not fit in here: it is in the other forms of the report.\n';
  let room = limit - note.length - 2;
  for (const nodes of blocks) {
    if (nodes.length === 0) continue;
    const block = written(nodes);
    room -= block.length + 1;
    if (room < 0) return [...told, note].join('\n');
    told.push(block);
  }
  return told.join('\n');
}

function written(nodes: readonly RootContent[]): string {
  return toMarkdown(
    { type: 'root', children: [...nodes] },
    { extensions: [gfmTableToMarkdown({ tablePipeAlign: false })], bullet: '-', fences: true },
  );
}
