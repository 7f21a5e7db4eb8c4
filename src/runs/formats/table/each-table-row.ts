import type { Place } from '../../place.ts';
import type { RunSink } from '../../row.ts';
import type { FirstRecord, TextRecord } from '../../text/delimited.ts';
import { eachRecord } from '../../text/delimited.ts';
import { excerpt } from '../../text/excerpt.ts';
import { fitsHeader, headerIn } from './header.ts';

/** Takes headers and rows, in the order in which they stand in the file. */
export interface TableTaker {
  header(names: readonly string[], place: Place): void;
  row(cells: readonly string[], place: Place): void;
  /** Takes a record that begins with `#`, and says whether it is no row. */
  comment?(text: string, place: Place): boolean;
}

/**
 * Reads the records of a table. One in the middle that is a header, and has a name of the header before, heads what follows:
 * a run with its own header was appended, or columns were added.
 */
export async function eachTableRow(
  file: string,
  { delimiter, begin }: { readonly delimiter: string; readonly begin?: FirstRecord },
  run: Pick<RunSink, 'problem'>,
  taker: TableTaker,
): Promise<void> {
  let header: readonly string[] | undefined;
  const take = ({ cells, line, ended }: TextRecord): void => {
    const place = { file, line };
    const text = (): string => cells.join(delimiter);
    if (!ended) {
      const what = `no line break follows ${excerpt(text())}; the row was not read`;
      run.problem({ kind: 'record-cut-off', place, what });
      return;
    }
    if (cells[0]?.startsWith('#') === true && taker.comment?.(text(), place) === true) return;
    const names = headerIn(cells);
    if (names !== undefined && (header === undefined || isAnother(names, header))) {
      if (header !== undefined) {
        const what = `a header of ${names.length} columns in the middle of the file; it heads the rows below it`;
        run.problem({ kind: 'header-changed', place, what });
      }
      header = names;
      taker.header(names, place);
    } else if (
      header !== undefined &&
      cells[0]?.startsWith('#') === true &&
      !fitsHeader(cells, header.length)
    ) {
      const what = `${excerpt(text())} is taken for a comment among the rows`;
      run.problem({ kind: 'comments-skipped', place, what });
    } else if (header !== undefined) taker.row(cells, place);
    else {
      const what = `there is no header above ${excerpt(text())}; the row was not read`;
      run.problem({ kind: 'record-not-understood', place, what });
    }
  };
  await eachRecord(
    file,
    delimiter,
    take,
    (problem) => {
      run.problem(problem);
    },
    begin,
  );
}

function isAnother(names: readonly string[], header: readonly string[]): boolean {
  return names.some((name) => header.includes(name));
}
