import { extname } from 'node:path';
import type { Candidate } from '../../format.ts';
import type { CellReader } from '../../text/decimal-mark.ts';
import { cellReaderFor } from '../../text/decimal-mark.ts';
import { firstRecords } from '../../text/delimited.ts';
import { fitsHeader, headerIn } from './header.ts';
import type { Preamble } from './preamble.ts';
import { DELIMITERS, preambleOf } from './preamble.ts';

/** Enough rows to see whether they are rows. */
const LOOKED_AT = 50;

/** How a table is written. */
export interface TableHead {
  readonly delimiter: string;
  readonly names: readonly string[];
  /** The first rows that are whole, without the header. */
  readonly rows: readonly (readonly string[])[];
  readonly readCell: CellReader;
  /** What stands above the header. */
  readonly preamble: Preamble;
}

/** The header of a table and its first rows, by the delimiter that most rows agree on; undefined for what is no table. */
export function tableHeadOf({ head, size }: Pick<Candidate, 'head' | 'size'>): TableHead | undefined {
  const lines = head.subarray(0, head.lastIndexOf(10) + 1);
  // The last line of the head is cut off where the file goes on, and may be where it does not.
  const whole = size > head.length && lines.length > 0 ? lines : head;
  const preamble = preambleOf(whole);
  const text = whole.subarray(preamble.bytes);
  // A picture is looked at no longer.
  if (head.includes(0)) return undefined;
  let best: (Omit<TableHead, 'readCell' | 'preamble'> & { readonly score: number }) | undefined;
  for (const delimiter of DELIMITERS) {
    const [header] = firstRecords(text, delimiter, 1);
    const names = header === undefined ? undefined : headerIn(header);
    if (names === undefined) continue;
    const [, ...records] = firstRecords(text, delimiter, LOOKED_AT + 1);
    const rows = records.filter((cells) => fitsHeader(cells, names.length));
    const score = names.length * (rows.length + 1);
    if (best === undefined || score > best.score) best = { delimiter, names, rows, score };
  }
  return best && { ...best, preamble, readCell: cellReaderFor(best.delimiter, best.rows) };
}

/** Whether a file is a table of numbers: a header, and rows under it whose cells are numbers for the most part. */
export function isTableOfNumbers(file: Candidate): boolean {
  const table = tableHeadOf(file);
  if (table === undefined) return false;
  const { names, rows, readCell } = table;
  // A column of numbers alone is a log where somebody called it one.
  if (names.length < (['.csv', '.tsv'].includes(extname(file.path)) ? 1 : 2)) return false;
  const cells = rows.flat().map(readCell);
  const there = cells.filter((cell) => cell !== 'missing').length;
  const numbers = cells.filter((cell) => typeof cell === 'number').length;
  return numbers > 0 && numbers * 2 >= there;
}
