import { extname } from 'node:path';
import type { Candidate, Format, ReadOptions } from '../format.ts';
import { RecordsReader } from '../records-reader.ts';
import type { RunsSink } from '../row.ts';
import { excerpt } from '../text/excerpt.ts';
import { isRecord } from '../text/flatten.ts';
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
    const good = records.filter((line) => recordIn(line) !== undefined).length;
    // One object is as well a configuration; a log that broke off may be one.
    const isNamed = ['.jsonl', '.ndjson'].includes(extname(path));
    return good >= (isNamed ? 1 : 2) && good * 2 > records.length;
  },
  read: async (paths, sink, options) => {
    for (const path of paths) await readFile(path, sink, options);
  },
};

async function readFile(file: string, sink: RunsSink, { stepKey }: ReadOptions): Promise<void> {
  const run = sink.run();
  const records = new RecordsReader(run, stepKey);
  const take = ({ text, number, ended }: Line): undefined => {
    if (text.trim() === '') return;
    const place = { file, line: number };
    const record = recordIn(text);
    if (record === undefined) {
      const kind = ended ? 'record-not-understood' : 'record-cut-off';
      run.problem({ kind, place, what: `not a JSON object: ${excerpt(text)}; the line was not read` });
    } else records.take(record, place);
  };
  await eachLine(file, take, (problem) => {
    run.problem(problem);
  });
  records.end();
}

function recordIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseJson(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
