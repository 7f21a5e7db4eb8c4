import { extname } from 'node:path';
import type { Candidate, Format } from '../format.ts';
import type { StepKeys } from '../records-reader.ts';
import { RecordsReader } from '../records-reader.ts';
import type { RunSink, RunsSink } from '../row.ts';
import { mayBeJson } from './json-records.ts';
import { excerpt } from '../text/excerpt.ts';
import { flatten, isRecord } from '../text/flatten.ts';
import { parseJson } from '../text/json-text.ts';
import type { Line } from '../text/lines.ts';
import { eachLine } from '../text/lines.ts';

/** A record a line: `{"step": 1, "loss": 0.5}`. */
export const jsonLines: Format = {
  name: 'json-lines',
  title: 'JSON lines',
  recognises: ({ path, head, size }: Candidate) => {
    const lines = head.toString('utf8').split('\n');
    // The last line of the head is cut off where the file goes on.
    if (size > head.length) lines.pop();
    const records = lines.filter((line) => line.trim() !== '');
    const parsed = records.map(recordIn).filter((record) => record !== undefined);
    const [good, numeric] = [parsed.length, parsed.filter(hasNumber).length];
    // One object is as well a configuration; a log that broke off may be one.
    const isNamed = ['.jsonl', '.ndjson'].includes(extname(path));
    // A line that is longer than the head, or was cut off, says nothing about the others.
    if (isNamed && good === 0) return records.length <= 1 && mayBeJson(head);
    return numeric > 0 && (isNamed || (good >= 2 && good * 2 > records.length));
  },
  read: async (paths, sink, { stepKey }) => {
    for (const path of paths) await readRecords(path, sink, { asked: stepKey });
  },
};

type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * Reads records, one a line, into a run, or into those that they name; `change` may rename their keys.
 *
 * @throws what the file system throws
 */
export async function readRecords(
  file: string,
  sink: RunSink | RunsSink,
  step: StepKeys,
  change: (record: JsonRecord) => JsonRecord = (record) => record,
): Promise<void> {
  const records = new RecordsReader(sink, step);
  const seen = { lines: 0 };
  const take = ({ text, number, ended }: Line): void => {
    if (text.trim() === '') return;
    seen.lines += 1;
    const place = { file, line: number };
    const found = recordIn(text);
    const record = found && change(found);
    if (record === undefined) {
      const kind = ended ? 'record-not-understood' : 'record-cut-off';
      records.problem({ kind, place, what: `not a JSON object: ${excerpt(text)}; the line was not read` });
    } else records.take(record, place, text);
  };
  await eachLine(file, take, (problem) => {
    records.problem(problem);
  });
  records.end();
  if (seen.lines === 0)
    records.problem({ kind: 'file-empty', place: { file }, what: 'there is no record in it' });
}

function recordIn(line: string): JsonRecord | undefined {
  try {
    const value = parseJson(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Records of texts alone are data. */
function hasNumber(record: JsonRecord): boolean {
  return Object.keys(flatten(record, { file: '' }, () => undefined).values).length > 0;
}
