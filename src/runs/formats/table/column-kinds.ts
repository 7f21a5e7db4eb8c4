import type { CellReader } from '../../text/decimal-mark.ts';

/** What the cells of one column are; undefined while all of them were empty. */
export type ColumnKind = 'numbers' | 'text' | 'index' | undefined;

/** Of rows that were lost the numbers are left out. */
const COUNTS_AT_LEAST = 0.9;

/** Whether numbers are those of rows: 0, 1, 2… */
export function countsRows(numbers: readonly unknown[]): boolean {
  const steps = numbers.slice(1).map((one, index) => Number(one) - Number(numbers[index]));
  const ones = steps.filter((step) => step === 1).length;
  return numbers[0] === 0 && steps.every((step) => step >= 1) && ones >= COUNTS_AT_LEAST * steps.length;
}

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
