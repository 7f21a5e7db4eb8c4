import { isUtf8 } from 'node:buffer';
import { candidateAt } from '../../candidate.ts';
import type { ReadOptions } from '../../format.ts';
import type { Place } from '../../place.ts';
import { RecordsReader } from '../../records-reader.ts';
import type { RunSink } from '../../row.ts';
import { excerpt } from '../../text/excerpt.ts';
import { eachTableRow } from './each-table-row.ts';
import { tableHeadOf } from './recognise.ts';
import { TableRows } from './table-rows.ts';

/** Reads one table with headers into one run; the step is one of its columns. */
export async function readTable(
  file: string,
  run: RunSink,
  { stepKey }: ReadOptions,
  own?: string,
): Promise<void> {
  const candidate = candidateAt(file);
  const { delimiter = ',', readCell, preamble } = tableHeadOf(candidate) ?? {};
  // The last letter of the head may be cut.
  const whole = candidate.head.subarray(0, candidate.head.lastIndexOf(10) + 1);
  if (!isUtf8(whole)) {
    const what = 'the first lines are not UTF-8; letters that are none were read as �';
    run.problem({ kind: 'encoding-unknown', place: { file, line: 1 }, what });
  }
  const records = new RecordsReader(run, { asked: stepKey, own });
  const take = (values: Readonly<Record<string, number>>, place: Place): void => {
    records.take(values, place);
  };
  const rows = new TableRows(run, take, readCell);
  if (preamble?.first !== undefined) {
    const { text, line } = preamble.first;
    const what = `comments stand above the header, in lines ${line} to ${preamble.lines}: ${excerpt(text)}`;
    run.problem({ kind: 'comments-skipped', place: { file, line }, what });
  }
  const begin = { byte: preamble?.bytes ?? 0, line: (preamble?.lines ?? 0) + 1 };
  await eachTableRow(file, { delimiter, begin }, run, {
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
