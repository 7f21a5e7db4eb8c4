import { readCell } from './cell.ts';

/** Says what stands in a cell: a number, nothing, or a text. */
export type CellReader = (cell: string) => number | 'missing' | 'text';

/** Numbers with a decimal comma, as spreadsheets and R write them where people write so. */
const WITH_COMMA = /^[+-]?(?:\d+,\d*|,\d+)(?:e[+-]?\d+)?$/i;
const WITH_POINT = /^[+-]?\d*\.\d/;

/** Three digits behind the mark, one to three before: 1,234 may be 1234 as well. */
const MAY_BE_THOUSANDS = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * How the cells of a file are to be read, by its first rows. A comma may be the decimal mark where it does not part cells.
 * `0,5` can be nothing but a half; `1,234` is what most numbers of the file say: 1.234 where they have commas, and a text,
 * as it may be 1234, where they have points. `1.234` is then a text where they have commas.
 */
export function cellReaderFor(delimiter: string, rows: readonly (readonly string[])[]): CellReader {
  if (delimiter === ',') return readCell;
  const cells = rows.flat().map((cell) => cell.trim());
  const commas = cells.filter((cell) => WITH_COMMA.test(cell));
  const points = cells.filter((cell) => WITH_POINT.test(cell));
  // Semicolons part cells where commas do not; tabs do everywhere.
  const isSure = delimiter === ';' || commas.some((cell) => !MAY_BE_THOUSANDS.test(cell));
  return isSure && commas.length > points.length ? readWhereCommas : readWherePoints;
}

function readWherePoints(cell: string): ReturnType<CellReader> {
  const read = readCell(cell);
  return read === 'text' && !MAY_BE_THOUSANDS.test(cell.trim()) ? readComma(cell) : read;
}

function readWhereCommas(cell: string): ReturnType<CellReader> {
  if (MAY_BE_THOUSANDS.test(cell.trim()) && cell.includes('.')) return 'text';
  const read = readCell(cell);
  return read === 'text' ? readComma(cell) : read;
}

function readComma(cell: string): number | 'text' {
  const text = cell.trim();
  return WITH_COMMA.test(text) ? Number(text.replace(',', '.')) : 'text';
}
