import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';

export interface Column {
  readonly name: string;
  readonly isNumber?: boolean | undefined;
}

export type Content = string | ElementContent | readonly ElementContent[];

/** A table whose first cell names its row; a narrow screen scrolls it, by keyboard too. */
export function tablePart(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
): Element {
  const kind = (column: number): { readonly className: string[] } => ({
    className: columns[column]?.isNumber === true ? ['number'] : [],
  });
  const cell = (content: Content, column: number): Element =>
    column === 0
      ? h('th', { scope: 'row', ...kind(column) }, nodes(content))
      : h('td', kind(column), nodes(content));
  return h('div', { className: ['scroll'], role: 'group', ariaLabel: caption, tabIndex: 0 }, [
    h('table', [
      h('caption', caption),
      h(
        'thead',
        h(
          'tr',
          columns.map(({ name }, column) => h('th', { scope: 'col', ...kind(column) }, name)),
        ),
      ),
      h(
        'tbody',
        rows.map((row) => h('tr', row.map(cell))),
      ),
    ]),
  ]);
}

function nodes(content: Content): ElementContent[] {
  if (typeof content === 'string') return [{ type: 'text', value: content }];
  return 'type' in content ? [content] : [...content];
}
