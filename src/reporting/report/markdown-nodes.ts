import { parseHTML } from 'linkedom';
import type { PhrasingContent, RootContent } from 'mdast';

/** A name that would call a person or a team. */
const MENTION = /@(?=[\p{L}\p{N}_])/gu;

/** Joins words without a width, so that what looks like a mention is none. */
const WORD_JOINER = '\u2060';

/** Text on one line. */
export function text(value: string): PhrasingContent {
  return { type: 'text', value: value.replaceAll('\n', ' ').replace(MENTION, `@${WORD_JOINER}`) };
}

export function strong(value: string): PhrasingContent {
  return { type: 'strong', children: [text(value)] };
}

export function code(value: string): PhrasingContent {
  return { type: 'inlineCode', value: value.replaceAll('\n', ' ') };
}

export function paragraph(children: readonly PhrasingContent[]): RootContent {
  return { type: 'paragraph', children: [...children] };
}

/** A heading, with an ID behind it where there is one. */
export function heading(depth: 2 | 3, title: string, id?: string): RootContent {
  return {
    type: 'heading',
    depth,
    children: id === undefined ? [text(title)] : [text(`${title} `), code(id)],
  };
}

/** A list, an item a line. */
export function items(lines: readonly (readonly PhrasingContent[])[]): RootContent {
  return {
    type: 'list',
    spread: false,
    children: lines.map((line) => ({
      type: 'listItem',
      spread: false,
      children: [{ type: 'paragraph', children: [...line] }],
    })),
  };
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): RootContent {
  return {
    type: 'table',
    children: [head, ...rows].map((cells) => ({
      type: 'tableRow',
      children: cells.map((cell) => ({ type: 'tableCell', children: [text(cell)] })),
    })),
  };
}

/** Blocks that open at a click. */
export function folded(title: string, blocks: readonly RootContent[]): readonly RootContent[] {
  const { document } = parseHTML('<!doctype html><html></html>') as { readonly document: HtmlDocument };
  const summary = document.createElement('summary');
  summary.textContent = title.replaceAll('\n', ' ').replace(MENTION, `@${WORD_JOINER}`);
  return [
    { type: 'html', value: `<details>${summary.outerHTML}` },
    ...blocks,
    { type: 'html', value: '</details>' },
  ];
}

/** The part of a DOM that is used; the types of linkedom are those of a browser, which this project is compiled without. */
interface HtmlDocument {
  createElement(name: string): { textContent: string; readonly outerHTML: string };
}
