import type { CellReader } from '../../text/decimal-mark.ts';

/** What the cells of one column are; undefined while all of them were empty. */
export type ColumnKind = 'numbers' | 'text' | undefined;

/** What columns hold, by the majority of their first cells: one bad cell makes no column of numbers a text. */
export function columnKinds(
  columns: number,
  rows: readonly (readonly string[])[],
  readCell: CellReader,
): ColumnKind[] {
  return Array.from({ length: columns }, (_, column) => {
    const read = rows.map((cells) => readCell(cells[column] ?? '')).filter((cell) => cell !== 'missing');
    if (read.length === 0) return undefined;
    const numbers = read.filter((cell) => typeof cell === 'number').length;
    return numbers * 2 >= read.length ? 'numbers' : 'text';
  });
}
