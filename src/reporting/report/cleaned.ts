import { printable } from '../printable.ts';
import type { Report } from './report.ts';

/** What our own code draws, which is no text of a log. */
const KEPT = 'svg';

/** Beyond what a terminal obeys: what is no character (half of a pair, U+FFFE), which no XML may hold. */
const NO_CHARACTER = /\p{Cs}|[\uFFFE\uFFFF]/gu;

/**
 * A report whose text holds no character that is obeyed instead of shown: in names of metrics, paths and messages of others
 * they are written as escapes; lines stay lines.
 */
export function cleaned(report: Report): Report {
  return clean(report) as Report;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.split('\n').map(cleanLine).join('\n');
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, key === KEPT ? entry : clean(entry)]),
  );
}

function cleanLine(line: string): string {
  return printable(line.replaceAll('\t', '  ')).replace(
    NO_CHARACTER,
    (character) => `\\x${character.charCodeAt(0).toString(16)}`,
  );
}
