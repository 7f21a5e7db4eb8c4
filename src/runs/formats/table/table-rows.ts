import type { Place } from '../../place.ts';
import type { RunSink } from '../../row.ts';
import { readCell } from '../../text/cell.ts';
import type { CellReader } from '../../text/decimal-mark.ts';
import { excerpt } from '../../text/excerpt.ts';
import type { ColumnKind } from './column-kinds.ts';
import { columnKinds } from './column-kinds.ts';
import { fitsHeader } from './header.ts';

/** Rows from which it is seen what a column holds. */
const FIRST_ROWS = 100;

/** Takes the numbers of one row by their columns. */
export type TakeRow = (values: Readonly<Record<string, number>>, place: Place) => void;

interface WaitingRow {
  readonly cells: readonly string[];
  readonly place: Place;
}

/**
 * Makes rows of numbers from rows of cells. A cell that is no number is reported where its column holds numbers, and listed
 * where the column is a text; a row whose cells do not fit the header is not read, since nobody knows which are missing.
 */
export class TableRows {
  private readonly sink: Pick<RunSink, 'other' | 'problem'>;
  private readonly take: TakeRow;
  private readonly readCell: CellReader;
  private names: readonly string[] = [];
  /** Names that were there before in the same header. */
  private twice = new Set<number>();
  private kinds: ColumnKind[] | undefined;
  private waiting: WaitingRow[] = [];

  constructor(sink: Pick<RunSink, 'other' | 'problem'>, take: TakeRow, reader: CellReader = readCell) {
    this.sink = sink;
    this.take = take;
    this.readCell = reader;
  }

  /** Takes the names of the columns of what follows. */
  header(names: readonly string[], place: Place): void {
    this.end();
    this.names = names;
    this.kinds = undefined;
    this.twice = new Set([...names.keys()].filter((index) => names.indexOf(names[index] ?? '') < index));
    for (const index of this.twice) {
      const what = `"${names[index] ?? ''}" heads two columns; the first is read, column ${index + 1} is not`;
      this.sink.problem({ kind: 'key-twice', place, what });
    }
  }

  row(cells: readonly string[], place: Place): void {
    if (cells.length === 1 && cells[0]?.trim() === '') return;
    if (!fitsHeader(cells, this.names.length)) {
      const what = `${cells.length} cells under a header of ${this.names.length}; the row was not read`;
      this.sink.problem({ kind: 'cells-missing', place, what });
    } else if (this.kinds !== undefined) this.read(cells, place, this.kinds);
    else {
      this.waiting.push({ cells, place });
      if (this.waiting.length === FIRST_ROWS) this.end();
    }
  }

  /** Reads what waits for more rows to come. */
  end(): void {
    const waiting = this.waiting;
    if (waiting.length === 0) return;
    this.waiting = [];
    const kinds = columnKinds(
      this.names.length,
      waiting.map(({ cells }) => cells),
      this.readCell,
    );
    this.kinds = kinds;
    for (const { cells, place } of waiting) this.read(cells, place, kinds);
  }

  private read(cells: readonly string[], place: Place, kinds: ColumnKind[]): void {
    const values = Object.create(null) as Record<string, number>;
    for (const [index, name] of this.names.entries()) {
      const cell = cells[index] ?? '';
      if (cell === '' || this.twice.has(index)) continue;
      const read = this.readCell(cell);
      if (read === 'missing') continue;
      const kind = (kinds[index] ??= read === 'text' ? 'text' : 'numbers');
      if (kind === 'text') this.sink.other(name, 'text', place);
      else if (read !== 'text') values[name] = read;
      else {
        const what = `${excerpt(cell)} in the column "${name}" is no number; the cell was not read`;
        this.sink.problem({ kind: 'record-not-understood', place, what });
      }
    }
    this.take(values, place);
  }
}
