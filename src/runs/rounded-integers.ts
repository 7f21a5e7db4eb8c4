import type { Place } from './place.ts';
import type { RunSink } from './row.ts';

const INTEGER = /^[+-]?\d+$/;

/** The largest number has 309 digits; more would only cost time. */
const LONGEST_INTEGER = 400;

/** Of more keys nobody wants to know. */
const MAXIMUM_KEYS = 1000;

/** Whether numbers of this size may be rounded whole numbers: beyond 2^53 not every one is a float64. */
export function mayBeRounded(value: number): boolean {
  return value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER;
}

/** Tells, once a key, of whole numbers that no float64 is. */
export class RoundedIntegers {
  private readonly told = new Set<string>();

  /** Takes a number and how it is written; `1e300` is not rounded, `12345678901234567890` is. */
  take(
    key: string,
    { value, text }: { readonly value: number; readonly text: string },
    place: Place,
    run: Pick<RunSink, 'problem'>,
  ): void {
    if (!mayBeRounded(value) || this.told.has(key) || this.told.size >= MAXIMUM_KEYS) return;
    const written = text.trim();
    if (!INTEGER.test(written) || !isAnother(written, value)) return;
    this.told.add(key);
    const what = `"${key}" is ${written.slice(0, 40)}, and read as ${value}; so may others of it be, without a word`;
    run.problem({ kind: 'integers-rounded', place, what });
  }

  /** Takes the numbers of a record, by keys whose groups are joined by `/`, and the JSON text of it. */
  takeRecord(
    values: Readonly<Record<string, number>>,
    text: string,
    place: Place,
    run: Pick<RunSink, 'problem'>,
  ): void {
    for (const key in values) {
      const value = values[key];
      if (value === undefined || !mayBeRounded(value) || this.told.has(key)) continue;
      const written = integersUnder(key, text).find((one) => Number(one) === value);
      if (written !== undefined) this.take(key, { value, text: written }, place, run);
    }
  }
}

function isAnother(written: string, value: number): boolean {
  if (written.length > LONGEST_INTEGER || !Number.isFinite(value)) return true;
  return BigInt(written.replace('+', '')) !== BigInt(value);
}

/** Whole numbers that stand in a JSON text under a key, or under the last part of it. */
function integersUnder(key: string, text: string): readonly string[] {
  const names = [key, key.slice(key.lastIndexOf('/') + 1)].map((name) =>
    JSON.stringify(name).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  const pattern = new RegExp(`(?:${names.join('|')})\\s*:\\s*"?([+-]?\\d+)"?\\s*[,}]`, 'g');
  return [...text.matchAll(pattern)].flatMap(([, written]) => (written === undefined ? [] : [written]));
}
