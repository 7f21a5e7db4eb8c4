import { readCell } from '../../text/cell.ts';

/** Longer is no name of a metric, but a sentence. */
const LONGEST_NAME = 200;

/** Has a letter, and none of the marks that prose, JSON and programs have. */
const NAME = /^[^{}"\n;]*\p{L}[^{}"\n;]*$/u;

/** What an index of pandas is called, which has no name in the header. */
export function nameless(index: number): string {
  return `column ${index + 1}`;
}

/**
 * The names of a record that is a header: no cell is a number, each is a name, the first may be empty (an index of pandas)
 * or begin with `#` (a header of NumPy). Undefined for any other record.
 */
export function headerIn(cells: readonly string[]): readonly string[] | undefined {
  const names: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const name = index === 0 ? cell.replace(/^\s*#\s*/, '').trim() : cell.trim();
    if (name === '' && (index === 0 || index === cells.length - 1)) names.push(nameless(index));
    else if (name.length <= LONGEST_NAME && NAME.test(name) && readCell(name) === 'text') names.push(name);
    else return undefined;
  }
  return names.every((name, index) => name === nameless(index)) ? undefined : names;
}

/** Whether a row has the cells of its header; a delimiter behind each row makes empty ones, which are no more. */
export function fitsHeader(cells: readonly string[], columns: number): boolean {
  return cells.length >= columns && cells.slice(columns).every((cell) => cell.trim() === '');
}
