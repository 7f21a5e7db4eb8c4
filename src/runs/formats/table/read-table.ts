import { candidateAt } from '../../candidate.ts';
import type { ReadOptions } from '../../format.ts';
import { RecordRows } from '../../record-rows.ts';
import type { RunSink } from '../../row.ts';
import { eachTableRow } from './each-table-row.ts';
import { tableHeadOf } from './recognise.ts';
import { TableRows } from './table-rows.ts';

/** Reads one table with headers into one run; the step is one of its columns. */
export async function readTable(file: string, run: RunSink, { stepKey }: ReadOptions): Promise<void> {
  const delimiter = tableHeadOf(candidateAt(file))?.delimiter ?? ',';
  let records: RecordRows | undefined;
  const rows = new TableRows(run, (values, place) => records?.take(values, place));
  await eachTableRow(file, delimiter, run, {
    header: (names, place) => {
      rows.header(names, place);
      if (records === undefined) records = new RecordRows(run, names, stepKey);
      else records.rename(names, stepKey);
    },
    row: (cells, place) => {
      rows.row(cells, place);
    },
  });
  rows.end();
}
