/** As C, Python, R and JavaScript write numbers; no `0x10`, no `1_000`, no thousands separators. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** What is written for nothing: Python, pandas, R, SQL, people. In lower case. */
const MISSING = new Set(['', 'none', 'null', 'na', 'n/a', '<na>', '-', '--', '?']);

/**
 * What is written for values that are no finite number, and for truth values, in lower case. `1.#inf` and `-nan(ind)` are
 * what programs that were compiled with Microsoft's C library print.
 */
const WORDS: ReadonlyMap<string, number> = new Map([
  ...['nan', '+nan', '-nan', '1.#qnan', '-1.#ind', '-nan(ind)', 'nan(ind)'].map(
    (word) => [word, Number.NaN] as const,
  ),
  ...['inf', '+inf', 'infinity', '+infinity', '1.#inf'].map((word) => [word, Infinity] as const),
  ...['-inf', '-infinity', '-1.#inf'].map((word) => [word, -Infinity] as const),
  ['true', 1],
  ['false', 0],
]);

/** The longest of the words above has 9 characters. */
const LONGEST_WORD = 9;

/**
 * What stands in a cell: a number, nothing, or a text.
 *
 * @example readCell('-Inf') // -Infinity; readCell('None') is 'missing', readCell('1.2.3') 'text'
 */
export function readCell(cell: string): number | 'missing' | 'text' {
  if (NUMBER.test(cell)) return Number(cell);
  const text = cell.trim();
  if (NUMBER.test(text)) return Number(text);
  if (text.length > LONGEST_WORD) return 'text';
  const word = text.toLowerCase();
  if (MISSING.has(word)) return 'missing';
  return WORDS.get(word) ?? 'text';
}
