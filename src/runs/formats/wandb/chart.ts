import type { Candidate, Format } from '../../format.ts';
import type { Place } from '../../place.ts';
import { RoundedIntegers } from '../../rounded-integers.ts';
import type { RunSink, RunsSink } from '../../row.ts';
import { readCell } from '../../text/cell.ts';
import { eachRecord, firstRecords } from '../../text/delimited.ts';
import { excerpt } from '../../text/excerpt.ts';
import type { ChartColumn } from './chart-columns.ts';
import { axisKind, chartColumnsIn } from './chart-columns.ts';

const DELIMITER = ',';

/** The step of a run, which is a metric to the page. */
const STEP = '_step';

/** What the web page exports of a chart: an axis, then columns `RUN - METRIC`; each run is read by its name. */
export const wandbChart: Format = {
  name: 'wandb-chart',
  title: 'Weights & Biases chart exports',
  recognises: ({ head, size }: Candidate) => {
    const end = head.indexOf('\n');
    // A header that goes on behind the head of the file is cut off in a cell, and its first columns are enough.
    const line =
      end >= 0
        ? head.subarray(0, end)
        : head.subarray(0, size > head.length ? head.lastIndexOf(DELIMITER) : size);
    return chartColumnsIn(firstRecords(line, DELIMITER, 1)[0] ?? []) !== undefined;
  },
  read: async (paths, sink) => {
    for (const path of paths) await readChart(path, sink);
  },
};

async function readChart(file: string, sink: RunsSink): Promise<void> {
  let chart: Chart | undefined;
  await eachRecord(
    file,
    DELIMITER,
    ({ cells, line, ended }) => {
      const place = { file, line };
      if (!ended) {
        const what = `no line break follows ${excerpt(cells.join(DELIMITER))}; the row was not read`;
        sink.problem({ kind: 'record-cut-off', place, what });
      } else if (chart === undefined) chart = new Chart(cells, sink, place);
      else chart.take(cells, place);
    },
    (problem) => {
      sink.problem(problem);
    },
  );
  if (chart?.isEmpty !== false) {
    sink.problem({ kind: 'file-empty', place: { file }, what: 'a header, and no row under it' });
  }
}

/** The rows of one chart. */
class Chart {
  private readonly sink: RunsSink;
  private readonly width: number;
  private readonly columns: readonly ChartColumn[];
  private readonly runs: ReadonlyMap<string, RunSink>;
  /** Indices of the columns whose points are means, as far as it was said. */
  private readonly means = new Set<number>();
  /** Of the runs whose step has a column, as the older ones of the exports have it. */
  private readonly stepColumns: ReadonlyMap<string, number>;
  private readonly rounded = new RoundedIntegers();
  isEmpty = true;

  constructor(header: readonly string[], sink: RunsSink, place: Place) {
    this.sink = sink;
    this.width = header.length;
    this.columns = chartColumnsIn(header) ?? [];
    this.runs = new Map(this.columns.map(({ run }) => [run, sink.run(run)]));
    const own = this.columns.filter(({ metric }) => metric === STEP);
    this.stepColumns = new Map(own.map(({ run, index }) => [run, index]));
    const [axis = ''] = header;
    if (this.columns.length === 0) {
      const what = `${excerpt(header.join(DELIMITER))} is no header of a chart; nothing was read`;
      sink.problem({ kind: 'record-not-understood', place, what });
    } else if (axisKind(axis) === 'time' && this.stepColumns.size < this.runs.size) {
      const what = `the axis is ${excerpt(axis)}; it is read as the step. Export the chart over steps`;
      sink.problem({ kind: 'chart-of-time', place, what });
    }
    for (const { run, metric, of } of this.columns) {
      if (of !== undefined)
        this.runs.get(run)?.other(metric, `${of} of the points that the chart joins`, place);
    }
  }

  take(cells: readonly string[], place: Place): void {
    this.isEmpty = false;
    if (this.columns.length === 0) return;
    const step = readCell(cells[0] ?? '');
    if (cells.length !== this.width || typeof step !== 'number') {
      const what =
        cells.length === this.width
          ? `${excerpt(cells[0] ?? '')} is no number on the axis; the row was not read`
          : `${cells.length} cells under a header of ${this.width}; the row was not read`;
      this.sink.problem({ kind: 'cells-missing', place, what });
      return;
    }
    const rows = new Map<string, Record<string, number>>();
    for (const column of this.columns) {
      const cell = readCell(cells[column.index] ?? '');
      if (cell === 'missing' || column.metric === STEP) continue;
      if (cell === 'text') this.runs.get(column.run)?.other(column.metric, 'text', place);
      else if (column.of !== undefined) this.check(column, cell, readCell(cells[column.base] ?? ''), place);
      else {
        const values = rows.get(column.run) ?? (Object.create(null) as Record<string, number>);
        rows.set(column.run, values);
        values[column.metric] = cell;
        const written = { value: cell, text: cells[column.index] ?? '' };
        this.rounded.take(column.metric, written, place, this.runs.get(column.run) ?? this.sink);
      }
    }
    for (const [run, values] of rows) {
      const own = readCell(cells[this.stepColumns.get(run) ?? 0] ?? '');
      this.runs.get(run)?.row({ step: typeof own === 'number' ? own : step, values, place });
    }
  }

  /** The least and the greatest of the points that are one point of the chart are its value, where it joins none. */
  private check({ run, base, metric, of }: ChartColumn, cell: number, value: unknown, place: Place): void {
    if (Object.is(cell, value) || this.means.has(base)) return;
    this.means.add(base);
    const what = `${excerpt(metric)}, the ${of ?? ''} of its points, is ${cell}, and the chart shows ${String(value)}`;
    this.runs.get(run)?.problem({ kind: 'chart-of-means', place, what: `${what}: points were joined` });
  }
}
