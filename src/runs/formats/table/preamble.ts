import { firstRecords } from '../../text/delimited.ts';
import { headerIn } from './header.ts';

/** What may part the cells of a table. */
export const DELIMITERS = [',', ';', '\t'] as const;

/** Lines of comments above the header of a table. */
export interface Preamble {
  /** At which the header begins. */
  readonly bytes: number;
  /** Of comments and empty ones. */
  readonly lines: number;
  /** The first comment, and the line that it is, from 1. */
  readonly first: { readonly text: string; readonly line: number } | undefined;
}

const NONE: Preamble = { bytes: 0, lines: 0, first: undefined };

const LINE_FEED = 10;

/**
 * The lines that begin with `#` above the header. NumPy writes the header itself as such a line: it is then the last of them,
 * and what follows is no header.
 */
export function preambleOf(head: Buffer): Preamble {
  const lines: { readonly text: string; readonly from: number }[] = [];
  let from = 0;
  for (let end = head.indexOf(LINE_FEED); end >= 0; end = head.indexOf(LINE_FEED, from)) {
    const text = head.toString('utf8', from, end).replace('\uFEFF', '').trim();
    lines.push({ text, from });
    if (text !== '' && !text.startsWith('#')) break;
    from = end + 1;
  }
  const comments = [...lines.keys()].filter((index) => lines[index]?.text.startsWith('#') === true);
  const last = lines.at(-1);
  if (comments.length === 0 || last === undefined) return NONE;
  const isHeaded = !last.text.startsWith('#') && last.text !== '' && isHeader(last.text);
  const header = isHeaded ? lines.length - 1 : comments.at(-1);
  const [first = 0] = comments;
  if (header === undefined || first >= header) return NONE;
  return {
    bytes: lines[header]?.from ?? 0,
    lines: header,
    first: { text: lines[first]?.text ?? '', line: first + 1 },
  };
}

function isHeader(line: string): boolean {
  return DELIMITERS.some((delimiter) => {
    const [cells] = firstRecords(Buffer.from(line), delimiter, 1);
    return cells !== undefined && headerIn(cells) !== undefined;
  });
}
