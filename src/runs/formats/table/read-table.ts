import { isUtf8 } from 'node:buffer';
import { candidateAt } from '../../candidate.ts';
import type { ReadOptions } from '../../format.ts';
import type { Place } from '../../place.ts';
import { RecordsReader } from '../../records-reader.ts';
import type { RunSink, RunsSink } from '../../row.ts';
import { mayNameRuns } from '../../run-key.ts';
import { excerpt } from '../../text/excerpt.ts';
import { eachTableRow } from './each-table-row.ts';
import { tableHeadOf } from './recognise.ts';
import { TableRows } from './table-rows.ts';

/** Reads one table with headers into one run, or into those of its rows; the step is one of its columns. */
export async function readTable(
  file: string,
  sink: RunSink | RunsSink,
  { stepKey }: ReadOptions,
  own?: string,
): Promise<void> {
  const candidate = candidateAt(file);
  const { delimiter = ',', readCell, preamble } = tableHeadOf(candidate) ?? {};
  const records = new RecordsReader(sink, { asked: stepKey, own });
  // The last letter of the head may be cut.
  const whole = candidate.head.subarray(0, candidate.head.lastIndexOf(10) + 1);
  if (!isUtf8(whole)) {
    const what = 'the first lines are not UTF-8; letters that are none were read as �';
    records.problem({ kind: 'encoding-unknown', place: { file, line: 1 }, what });
  }
  const take = (
    values: Readonly<Record<string, number>>,
    place: Place,
    texts?: Readonly<Record<string, string>>,
  ): void => {
    records.take(texts === undefined ? values : { ...values, ...texts }, place);
  };
  const rows = new TableRows(records.next, take, { readCell, isKept: mayNameRuns, log: records });
  if (preamble?.first !== undefined) {
    const { text, line } = preamble.first;
    const what = `comments stand above the header, in lines ${line} to ${preamble.lines}: ${excerpt(text)}`;
    records.problem({ kind: 'comments-skipped', place: { file, line }, what });
  }
  const begin = { byte: preamble?.bytes ?? 0, line: (preamble?.lines ?? 0) + 1 };
  await eachTableRow(file, { delimiter, begin }, records, {
    header: (names, place) => {
      rows.header(names, place);
      records.rename(names);
    },
    row: (cells, place) => {
      rows.row(cells, place);
    },
  });
  rows.end();
  records.end();
}
