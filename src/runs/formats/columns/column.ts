import { numberInText } from '../../text/json-text.ts';
import { valueIn } from '../json-records.ts';

/** Where a value is null, and no number is there. */
export const NOTHING = Symbol('nothing');

/** One list, in the order of its rows. */
export interface Column {
  readonly line: number;
  readonly values: (number | typeof NOTHING)[];
}

/** A number, or NaN and Infinity as programs write them; null is nothing. */
export function numberFrom(text: string): number | typeof NOTHING | undefined {
  const value = valueIn(text);
  if (typeof value === 'number') return value;
  if (value === null) return NOTHING;
  return typeof value === 'string' ? numberInText(value) : undefined;
}

/** Keras puts this before the name of a metric for what it measures on held-out data. */
const HELD_OUT = 'val_';

/**
 * Of every how many-th row the values of a list are, and what is to be said where it is shorter than others. Keras validates
 * every k epochs, and the first value of `val_loss` is then of the k-th row; of other lists the first is of the first.
 *
 * @example spacingOf('val_loss', 2, { length: 10, keys: new Set(['loss', 'val_loss']) }).every // 5
 */
export function spacingOf(
  key: string,
  count: number,
  { length, keys }: { readonly length: number; readonly keys: { has(key: string): boolean } },
): { readonly every: number; readonly what?: string } {
  if (count === length) return { every: 1 };
  const isHeldOut = key.startsWith(HELD_OUT) && keys.has(key.slice(HELD_OUT.length));
  const every = isHeldOut && count > 0 ? Math.floor(length / count) : 1;
  const which =
    every === 1
      ? `the first ${count} rows`
      : `rows whose number is a multiple of ${every}, as Keras writes them`;
  return { every, what: `"${key}" has ${count} values where others have ${length}; read as of ${which}` };
}

/** What a list whose values are of every so many-th row has in a row, from 0. */
export function valueAt({ values }: Column, row: number, every: number): number | undefined {
  const value = (row + 1) % every === 0 ? values[(row + 1) / every - 1] : undefined;
  return typeof value === 'number' ? value : undefined;
}
