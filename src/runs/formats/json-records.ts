import type { Candidate } from '../format.ts';
import type { Place } from '../place.ts';
import type { StepKeys } from '../records-reader.ts';
import { RecordsReader } from '../records-reader.ts';
import type { RunSink, RunsSink } from '../row.ts';
import { excerpt } from '../text/excerpt.ts';
import { flatten, isRecord } from '../text/flatten.ts';
import { JsonParts } from '../text/json-parts.ts';
import { parseJson } from '../text/json-text.ts';
import { readJsonParts } from '../text/read-json.ts';

/** Longer lists are data, and no setting. */
export const LONGEST_SETTING = 100;

/** What a JSON text says; undefined for what is none. */
export function valueIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** A list of records with numbers: under a key of the top-level object, or the top-level list itself. */
export interface RecordList {
  readonly key: string | undefined;
}

/** Finds, in the first bytes of a file, the first list of records that are numbers for the most part. */
export function recordListIn({ head }: Pick<Candidate, 'head'>): RecordList | undefined {
  if (!mayBeJson(head)) return undefined;
  const lists = new Map<string | undefined, { numbers: number; others: number }>();
  new JsonParts({
    opens: () => true,
    element: (text, line, key) => {
      const counts = lists.get(key) ?? { numbers: 0, others: 0 };
      lists.set(key, counts);
      const value = valueIn(text);
      if (isRecord(value)) {
        const { values, others } = flatten(value, { file: '', line }, () => undefined);
        // Flags are numbers in a log; a list of mere flags and names is none.
        const flags = Object.values(value).filter((one) => typeof one === 'boolean').length;
        counts.numbers += Object.keys(values).length - flags;
        counts.others += others.length + flags;
      } else counts.others += 1;
    },
    member: () => undefined,
    wrong: () => undefined,
  }).write(head);
  const found = [...lists].find(([, { numbers, others }]) => numbers > 0 && numbers >= others);
  return found === undefined ? undefined : { key: found[0] };
}

/** Whether the first character that is no space opens a list or an object. */
export function mayBeJson(head: Buffer): boolean {
  return /^\uFEFF?\s*[[{]/.test(head.toString('utf8', 0, 1000));
}

/** Reads a list of records into a run, or into those that they name; what stands beside it in the top-level object is its configuration. */
export async function readRecordList(
  file: string,
  { key: wanted }: RecordList,
  sink: RunSink | RunsSink,
  step: StepKeys = {},
): Promise<void> {
  const records = new RecordsReader(sink, step);
  await readJsonParts(
    file,
    {
      opens: (key) => key === wanted,
      element: (text, line) => {
        const place = { file, line };
        const record = valueIn(text);
        if (isRecord(record)) records.take(record, place, text);
        else {
          const what = `not a JSON object: ${excerpt(text)}; it was not read`;
          records.problem({ kind: 'record-not-understood', place, what });
        }
      },
      member: (key, text, line) => {
        takeMember(key, text, { file, line }, records);
      },
    },
    (problem) => {
      records.problem(problem);
    },
  );
  records.end();
}

/** Takes what stands beside lists: it is configuration, unless it is too long for it, or another list of records. */
export function takeMember(
  key: string,
  text: string | undefined,
  place: Place,
  run: Pick<RunSink, 'config' | 'other' | 'problem'>,
): void {
  const value = text === undefined ? undefined : valueIn(text);
  if (text === undefined) run.other(key, 'a value too long for a setting', place);
  else if (value === undefined) {
    const what = `the value of "${key}" is no JSON: ${excerpt(text)}; it was not read`;
    run.problem({ kind: 'record-not-understood', place, what });
  } else if (isListOfRows(value)) {
    const what = `"${key}" is another list of records in the same file; it was not read`;
    run.problem({ kind: 'list-not-read', place, what });
  } else if (Array.isArray(value) && value.length > LONGEST_SETTING)
    run.other(key, `list of ${value.length}`, place);
  else run.config({ [key]: value });
}

/** Whether a list may be a second log: records, with a number in each. */
function isListOfRows(value: unknown): boolean {
  const hasNumber = (one: unknown): boolean =>
    isRecord(one) && Object.values(one).some((part) => typeof part === 'number');
  return Array.isArray(value) && value.length > 1 && value.every(hasNumber);
}
