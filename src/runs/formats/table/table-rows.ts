import type { Place } from '../../place.ts';
import { mayBeRounded, RoundedIntegers } from '../../rounded-integers.ts';
import type { RunSink } from '../../row.ts';
import { readCell } from '../../text/cell.ts';
import type { CellReader } from '../../text/decimal-mark.ts';
import { excerpt } from '../../text/excerpt.ts';
import type { ColumnKind } from './column-kinds.ts';
import { columnKinds, countsRows } from './column-kinds.ts';
import { fitsHeader, nameless } from './header.ts';

/** Rows from which it is seen what a column holds. */
const FIRST_ROWS = 100;

/** Takes the numbers of one row by their columns, and the texts of columns that are kept, where it has any. */
export type TakeRow = (
  values: Readonly<Record<string, number>>,
  place: Place,
  texts?: Readonly<Record<string, string>>,
) => void;

/** How cells are read, where it is not as everywhere. */
export interface TableRowsOptions {
  readonly readCell?: CellReader | undefined;
  /** Whether the texts of a column are taken, and not listed. */
  readonly isKept?: (name: string) => boolean;
  /** Takes what concerns no row that is read; the sink of the rows unless given. */
  readonly log?: Pick<RunSink, 'problem'>;
}

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
  private readonly isKept: (name: string) => boolean;
  private readonly log: Pick<RunSink, 'problem'>;
  private readonly rounded = new RoundedIntegers();
  private names: readonly string[] = [];
  /** Names that were there before in the same header. */
  private twice = new Set<number>();
  private kinds: ColumnKind[] | undefined;
  private waiting: WaitingRow[] = [];

  constructor(sink: Pick<RunSink, 'other' | 'problem'>, take: TakeRow, options: TableRowsOptions = {}) {
    this.sink = sink;
    this.take = take;
    this.readCell = options.readCell ?? readCell;
    this.isKept = options.isKept ?? (() => false);
    this.log = options.log ?? sink;
  }

  /** Takes the names of the columns of what follows. */
  header(names: readonly string[], place: Place): void {
    this.end();
    this.names = names;
    this.kinds = undefined;
    this.twice = new Set([...names.keys()].filter((index) => names.indexOf(names[index] ?? '') < index));
    for (const index of this.twice) {
      const what = `"${names[index] ?? ''}" heads two columns; the first is read, column ${index + 1} is not`;
      this.log.problem({ kind: 'key-twice', place, what });
    }
  }

  row(cells: readonly string[], place: Place): void {
    if (cells.length === 1 && cells[0]?.trim() === '') return;
    if (!fitsHeader(cells, this.names.length)) {
      const what = `${cells.length} cells under a header of ${this.names.length}; the row was not read`;
      this.log.problem({ kind: 'cells-missing', place, what });
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
    const [name] = this.names;
    // The index of a data frame of pandas has no name, and counts rows.
    if (name === nameless(0) && countsRows(waiting.map(({ cells }) => this.readCell(cells[0] ?? ''))))
      kinds[0] = 'index';
    this.kinds = kinds;
    for (const { cells, place } of waiting) this.read(cells, place, kinds);
  }

  private read(cells: readonly string[], place: Place, kinds: ColumnKind[]): void {
    const values = Object.create(null) as Record<string, number>;
    let texts: Record<string, string> | undefined;
    for (const [index, name] of this.names.entries()) {
      const cell = cells[index] ?? '';
      if (cell === '' || this.twice.has(index)) continue;
      const read = this.readCell(cell);
      if (read === 'missing') continue;
      const kind = (kinds[index] ??= read === 'text' ? 'text' : 'numbers');
      if (kind === 'index') this.sink.other(name, 'index of rows', place);
      else if (kind === 'text' && this.isKept(name)) (texts ??= {})[name] = cell;
      else if (kind === 'text') this.sink.other(name, 'text', place);
      else if (read !== 'text') {
        values[name] = read;
        if (mayBeRounded(read)) this.rounded.take(name, { value: read, text: cell }, place, this.sink);
      } else {
        const what = `${excerpt(cell)} in the column "${name}" is no number; the cell was not read`;
        this.sink.problem({ kind: 'record-not-understood', place, what });
      }
    }
    this.take(values, place, texts);
  }
}
