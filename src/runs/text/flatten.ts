import type { Place } from '../place.ts';
import type { Problem } from '../problem.ts';
import { numberInText } from './json-text.ts';

/** Keys of a nested object are joined by this, as TensorBoard groups its tags. */
const SEPARATOR = '/';

/** Deeper is no record of metrics. */
const MAXIMUM_DEPTH = 8;

/** A key without a number, and what is there instead. */
interface Other {
  readonly key: string;
  readonly kind: string;
}

/** The numbers of a record, and what is not one. */
export interface Flattened {
  readonly values: Record<string, number>;
  readonly others: readonly Other[];
}

const NONE: readonly Other[] = [];

/**
 * The numbers of a record by their keys, those of nested records joined by `/`; truth values are 0 and 1, null is nothing.
 * A record with a `_type` is a picture, a table or a histogram of Weights & Biases: its numbers are no metrics.
 *
 * @example flatten({ train: { loss: 1 } }, place, report).values // { 'train/loss': 1 }
 */
export function flatten(
  record: Readonly<Record<string, unknown>>,
  place: Place,
  problem: (problem: Problem) => void,
  separator = SEPARATOR,
): Flattened {
  if (isFlat(record)) return { values: record, others: NONE };
  const values: Record<string, number> = Object.create(null) as Record<string, number>;
  const others: Other[] = [];
  const visit = (group: Readonly<Record<string, unknown>>, prefix: string, depth: number): void => {
    for (const [name, value] of Object.entries(group)) {
      const key = prefix + name;
      if (isRecord(value)) {
        const type = value['_type'];
        if (typeof type === 'string') others.push({ key, kind: type });
        else if (depth < MAXIMUM_DEPTH) visit(value, key + separator, depth + 1);
        else others.push({ key, kind: 'a record' });
        continue;
      }
      const number = numberOf(value);
      if (number === undefined) {
        if (value !== null && value !== undefined) others.push({ key, kind: kindOf(value) });
      } else if (key in values) {
        const what = `"${key}" is there twice, by its name and by nesting; the first is read`;
        problem({ kind: 'key-twice', place, what });
      } else values[key] = number;
    }
  };
  visit(record, '', 0);
  return { values, others };
}

function isFlat(record: Readonly<Record<string, unknown>>): record is Record<string, number> {
  for (const key in record) if (typeof record[key] !== 'number') return false;
  return true;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? numberInText(value) : undefined;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === 'string' ? 'text' : typeof value;
}
